import Glibc
import QueueClient
import Testing
import Wire

/// Startup code in Python, with the real bluesky and ophyd.
@Suite(
    .serialized,
    .timeLimit(.minutes(10)),
    .enabled("the Python packages can be installed") { await PythonEnvironment.shared.isAvailable() }
)
struct PythonWorkerTests {
    @Test func `plans of the reference's own profile run, pause, go on and end as they are told`() async throws {
        let profile = try await PythonEnvironment.shared.referenceProfile
        let options = [
            "--startup-dir", profile, "--python", PythonEnvironment.interpreter, "--update-existing-plans-devices",
            "NEVER",
        ]
        try await TestManager.run(state: TemporaryFolder(), options: options) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let plan = try await client.queueItemAdd(
                .plan("count", [["det1", "det2"]], keywordArguments: ["num": 6, "delay": 0.2])
            )
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            try await client.rePause(.deferred)
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["manager_state"] == "paused" }
            let runs = try await client.request("re_runs", [:])["run_list"]?.array
            #expect(runs?.count == 1)
            #expect(runs?.first?["is_open"] == true)
            try await client.reResume()
            try await client.waitForIdle()
            let result = try #require(try await client.historyGet().last)
            #expect(result.uid == plan.uid)
            #expect(result.raw["result"]?["exit_status"] == "completed")
            #expect(result.raw["result"]?["run_uids"] == .array([runs?.first?["uid"] ?? .null]))

            for (end, status) in [("re_stop", "stopped"), ("re_abort", "aborted"), ("re_halt", "halted")] {
                _ = try await client.request("queue_clear", [:])
                try await client.queueItemAdd(
                    .plan("count", [["det1"]], keywordArguments: ["num": 100, "delay": 0.1])
                )
                try await client.queueStart()
                try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
                try await client.rePause(.immediate)
                try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["manager_state"] == "paused" }
                _ = try await client.request(end, [:])
                try await client.waitForIdle()
                #expect(try await client.historyGet().last?.raw["result"]?["exit_status"] == .string(status))
            }
            try await client.environmentClose()
            try await client.waitForEnvironmentClosed()
            #expect(manager.children("python").isEmpty)
        }
    }

    @Test func `a killed Python worker is noticed and its item accounted for`() async throws {
        let profile = try PythonProfile()
        try await profile.run { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            try await client.queueItemAdd(.plan("count", [["det"]], keywordArguments: ["num": 1000, "delay": 0.05]))
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            kill(try #require(manager.children("python").first), SIGKILL)
            try await client.waitForEnvironmentClosed()
            let result = try await client.historyGet().last?.raw["result"]
            #expect(result?["exit_status"] == "failed")
            #expect(result?["msg"]?.string?.contains("killed by signal 9") == true)
            #expect(try await client.queueGet().items.count == 1)
            try await manager.openEnvironment()
        }
    }

    @Test func `a plan that blocks its thread holds up nobody, and its environment can be destroyed`() async throws {
        let profile = try PythonProfile(
            """
            import time
            def blocking():
                print("blocked now")
                time.sleep(1000)
                yield from bps.null()
            """
        )
        try await profile.run { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            try await client.queueItemAdd(.plan("blocking"))
            try await client.queueStart()
            try await manager.waitForConsole("blocked now")
            try await client.rePause(.immediate)
            #expect(try await client.request("re_metadata", [:])["success"] == true)
            let background: JSONValue = ["item_type": "function", "name": "answer"]
            let task = try await client.request(
                "function_execute",
                ["item": background, "user": "u", "user_group": "primary", "run_in_background": true]
            )
            #expect(try await manager.taskResult(task)["return_value"] == 42)
            try await client.environmentDestroy()
            try await client.waitForEnvironmentClosed()
            #expect(try await client.historyGet().last?.raw["result"]?["exit_status"] == "failed")
            #expect(try await client.queueGet().items.count == 1)
        }
    }

    @Test func `startup code that fails leaves its traceback in the console and the environment closed`() async throws {
        let profile = try PythonProfile("def broken():\n    raise RuntimeError('no beam today')\nbroken()")
        try await profile.run { manager async throws in
            try await manager.client.environmentOpen()
            try await manager.waitForConsole("RuntimeError: no beam today")
            try await manager.waitForConsole("00-start.py\", line")
            try await manager.client.waitForEnvironmentClosed()
            #expect(try await manager.client.status().raw["manager_state"] == "idle")
        }
    }

    @Test func `startup code may print a megabyte`() async throws {
        let profile = try PythonProfile("for _ in range(10_000):\n    print('x' * 100)\nprint('that was all')")
        try await profile.run { manager async throws in
            try await manager.openEnvironment()
            try await manager.waitForConsole("that was all")
        }
    }

    @Test func `a plan that swallows its abort can still be ended with the environment`() async throws {
        let profile = try PythonProfile(
            """
            def stubborn():
                while True:
                    try:
                        yield from bps.checkpoint()
                        yield from bps.sleep(0.05)
                    except BaseException as error:
                        print("swallowed", type(error).__name__)
            """
        )
        try await profile.run { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            try await client.queueItemAdd(.plan("stubborn"))
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            try await client.rePause(.deferred)
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["manager_state"] == "paused" }
            _ = try await client.request("re_abort", [:])
            try await manager.waitForConsole("swallowed RequestAbort")
            try await client.environmentDestroy()
            try await client.waitForEnvironmentClosed()
            #expect(try await client.historyGet().last?.raw["result"]?["exit_status"] == "failed")
        }
    }

    @Test func `a manager that is killed under a plan is replaced and the plan goes on`() async throws {
        let profile = try PythonProfile()
        try await profile.run(options: ["--zmq-control-addr", freeAddress()]) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            try await client.queueItemAdd(.plan("count", [["det"]], keywordArguments: ["num": 20, "delay": 0.1]))
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            kill(try #require(manager.children("re-manager").first), SIGKILL)
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["items_in_history"] == 1 && $0.isIdle }
            #expect(try await client.historyGet().last?.raw["result"]?["exit_status"] == "completed")
        }
    }

    @Test func `functions and scripts run, and what they bring can be used`() async throws {
        let profile = try PythonProfile()
        try await profile.run { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let script = "def twice(x):\n    return 2 * x\ndef brief(n: int = 1):\n    yield from bps.null()\n"
            let upload = try await client.request("script_upload", ["script": .string(script)])
            #expect(try await manager.taskResult(upload)["success"] == true)
            let call: JSONValue = ["item_type": "function", "name": "twice", "args": [21]]
            let task = try await client.request(
                "function_execute",
                ["item": call, "user": "u", "user_group": "primary"]
            )
            #expect(try await manager.taskResult(task)["return_value"] == 42)
            try await client.queueItemAdd(.plan("brief", [], keywordArguments: ["n": 3]))
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["items_in_history"] == 1 && $0.isIdle }
            #expect(try await client.historyGet().last?.raw["result"]?["exit_status"] == "completed")

            let failing = try await client.request("script_upload", ["script": "1 / 0"])
            let result = try await manager.taskResult(failing)
            #expect(result["success"] == false)
            #expect(result["traceback"]?.string?.contains("ZeroDivisionError") == true)
        }
    }

    @Test(arguments: ["script", "module", "profile"])
    func `a script, a module and an IPython profile hold startup code as a folder does`(place: String) async throws {
        let profile = try PythonProfile("def own(): yield from bps.null()", place: place)
        try await TestManager.run(
            state: TemporaryFolder(),
            options: profile.options,
            variables: ["PYTHONPATH": profile.path]
        ) { manager async throws in
            try await manager.openEnvironment()
            let plans = try await manager.client.request("plans_allowed", ["user_group": "primary"])["plans_allowed"]
            #expect(plans?["own"] != nil)
        }
    }

    @Test func `a plan that cannot be described is left out, unless that is not wanted`() async throws {
        let profile = try PythonProfile("def unclear(detector=det): yield from bps.null()")
        try await profile.run { manager async throws in
            try await manager.openEnvironment()
            try await manager.waitForConsole("PLAN WAS IGNORED: Failed to create description of plan 'unclear'")
            let plans = try await manager.client.request("plans_allowed", ["user_group": "primary"])["plans_allowed"]
            #expect(plans?["count"] != nil)
            #expect(plans?["unclear"] == nil)
        }
        try await profile.run(options: ["--ignore-invalid-plans", "OFF"]) { manager async throws in
            try await manager.client.environmentOpen()
            try await manager.waitForConsole("default value of parameter 'detector'")
            try await manager.client.waitForEnvironmentClosed()
        }
    }

    @Test func `an interpreter without pyzmq is named when the environment is opened`() async throws {
        let folder = try TemporaryFolder()
        let bare = folder.path + "/bare"
        try #require(await PythonEnvironment.makeEmpty(bare))
        let profile = try PythonProfile()
        try await profile.run(options: ["--python", bare + "/bin/python"]) { manager async throws in
            try await manager.client.environmentOpen()
            try await manager.waitForConsole("\(bare)/bin/python has no package 'pyzmq'")
            try await manager.client.waitForEnvironmentClosed()
        }
    }

    @Test func `the parts of the Python worker do what their tests say`() async throws {
        let result = try await PythonEnvironment.shared.runUnitTests()
        #expect(result.isSuccess, "\(result.output)")
    }
}

/// Startup code in a folder of its own.
private struct PythonProfile {
    private let folder: TemporaryFolder
    /// The options that name it, and the interpreter.
    let options: [String]
    /// The folder.
    var path: String { folder.path }

    /// Makes a run engine, one detector, and more.
    ///
    /// - Parameter place: What the code is: a `folder`, a `script`, a `module` or an IPython `profile`.
    init(_ code: String = "", place: String = "folder") throws {
        folder = try TemporaryFolder()
        var codeFolder = folder.path
        if place == "profile" {
            for part in ["/profile_test", "/startup"] {
                codeFolder += part
                mkdir(codeFolder, 0o700)
            }
        }
        let start = """
            from bluesky import RunEngine
            import bluesky.plan_stubs as bps
            from bluesky.plans import count
            from ophyd.sim import det, motor
            RE = RunEngine({})
            def answer():
                return 42

            """
        let file = place == "module" ? "beamline_startup.py" : "00-start.py"
        try write(start + code + "\n", to: "\(codeFolder)/\(file)")
        let everything = "allowed_plans: [null], allowed_devices: [null], allowed_functions: [null]"
        let permissions = "user_groups: {root: {\(everything)}, primary: {\(everything)}}"
        try write(permissions, to: codeFolder + "/user_group_permissions.yaml")
        let location =
            switch place {
            case "script": ["--startup-script", "\(codeFolder)/\(file)"]
            case "module":
                [
                    "--startup-module", "beamline_startup", "--user-group-permissions", codeFolder,
                    "--existing-plans-devices", codeFolder,
                ]
            case "profile": ["--ipython-dir", folder.path, "--startup-profile", "test"]
            default: ["--startup-dir", codeFolder]
            }
        options = location + ["--python", PythonEnvironment.interpreter]
    }

    func run(options: [String] = [], _ body: (TestManager) async throws -> Void) async throws {
        try await TestManager.run(
            state: TemporaryFolder(),
            options: self.options + options,
            body
        )
    }
}

private func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
}

extension TestManager {
    /// Waits until a text has been printed.
    fileprivate func waitForConsole(_ text: String) async throws {
        for _ in 0..<600 {
            let shown = try await client.request("console_output", ["nlines": 2000])["text"]?.string ?? ""
            if shown.contains(text) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("The console has not shown '\(text)'")
    }

    /// The result of the task that a reply names, when it has ended.
    fileprivate func taskResult(_ reply: JSONObject) async throws -> JSONValue {
        let uid = try #require(reply["task_uid"])
        for _ in 0..<600 {
            let result = try await client.request("task_result", ["task_uid": uid])
            if result["status"] == "completed" { return result["result"] ?? .null }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("The task has not ended")
        return .null
    }
}
