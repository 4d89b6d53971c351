import PlanCatalog
import Testing
import Wire

@testable import Worker

@Suite struct ScriptTests {
    @Test func `a script adds and replaces devices, plans and functions`() throws {
        var profile = try LoadedProfile(simulatedProfile)
        let devices = profile.deviceDescriptions.json.count
        try profile.add(
            ProfileFragment(
                script: """
                    devices:
                      new_motor: {class: SynAxis}
                      new_det: {class: SynGauss, parameters: {motor: new_motor, center: 0, Imax: 1, sigma: 1}}
                      det1: {class: SynAxis}
                    plans:
                      - name: three
                        plan: count
                        description: Three readings.
                        presets: {num: 3}
                    functions:
                      - {name: say, command: [echo, "1"]}
                    """
            )
        )
        #expect(profile.deviceDescriptions.json.count == devices + 2)
        #expect(profile.deviceDescriptions.json["det1"]?["classname"] == "SynAxis")
        #expect(profile.planDescriptions.json["three"]?["description"] == "Three readings.")
        #expect(try profile.function("say").name == "say")
        #expect(try profile.function("function_sleep").name == "function_sleep")
    }

    @Test(arguments: ["", "\n", "# nothing but a remark\n", "devices:\n", "plans: []\nfunctions:\n"])
    func `a script may do nothing`(script: String) throws {
        var profile = try LoadedProfile(simulatedProfile)
        let plans = profile.planDescriptions
        try profile.add(ProfileFragment(script: script))
        #expect(profile.planDescriptions == plans)
    }

    @Test(arguments: [
        "a = 1\n", "def f(x):\n    return x\n", "from ophyd.sim import det1", "raise ValueError('no')", "[1, 2]", "5",
        "{", "devices: {}\nother: 1",
    ])
    func `Python code is refused with what a script is here`(script: String) {
        let error = #expect(throws: CommandRefused.self) { try ProfileFragment(script: script) }
        #expect(error?.description.hasPrefix("this worker is native and runs no Python code.") == true)
    }

    @Test(arguments: [
        ("devices: [m]", "script: 'devices' must hold the devices by name"),
        ("devices: {m: {class: NoSuchClass}}", "there is no class 'NoSuchClass'"),
        ("devices: {m: {class: SynGauss, parameters: {motor: no_such}}}", "no_such"),
        ("plans: count", "script: 'plans' must be a list"),
        ("plans: [no_such_plan]", "script: there is no plan 'no_such_plan'"),
        ("plans: [{name: a, plan: count, presets: {x: 1}}]", "has no parameter 'x'"),
        ("functions: [no_such_function]", "the worker has no function 'no_such_function'"),
        ("functions: [{name: f, command: []}]", "'command' must be a program"),
        ("functions: [{name: f, command: [ls, 5]}]", "'command' must be a program"),
        ("functions: [{name: f, command: 5}]", "'command' must be a program"),
        ("functions: [{name: f, command: ls, time_limit: 0}]", "'time_limit' must be"),
        ("functions: [{name: f, command: ls, time_limit: soon}]", "'time_limit' must be"),
        ("functions: [{name: function_sleep, time_limit: 1}]", "is for a function with a 'command'"),
        ("functions: [{name: f, commands: ls}]", "unknown member 'commands'"),
    ])
    func `what is wrong in a script is named`(script: String, text: String) throws {
        var profile = try LoadedProfile(simulatedProfile)
        let error = #expect(throws: (any Error).self) { try profile.add(ProfileFragment(script: script)) }
        #expect(error.map { "\($0)".contains(text) } == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func `a function that is no function is called by what it is`() throws {
        let profile = try LoadedProfile(simulatedProfile)
        for (name, text) in [
            ("nothing", "Function 'nothing' is not found in the worker namespace"),
            ("count", "Object 'count' defined in worker namespace is a generator function"),
            ("det1", "Object 'det1' defined in worker namespace is not callable"),
        ] {
            let error = #expect(throws: CommandRefused.self) { try profile.function(name) }
            #expect(error?.description == text)
        }
    }
}
