import PlanCatalog
import RunEngine
import Testing
import Wire
import YAML

@testable import Worker

struct SuspenderEntryTests {
    private func devices() throws -> DeviceTable {
        var devices = DeviceTable()
        try devices.add(
            ["ring": ["class": "Signal", "parameters": ["value": 60.0]], "det": ["class": "ABDetector"]],
            file: "devices",
            factory: Repertoire.standard.devices
        )
        return devices
    }

    private func suspenders(_ text: String, _ devices: DeviceTable) throws -> [Suspender] {
        try SuspenderEntry.suspenders(JSONValue(yaml: "suspenders: \(text)"), file: "suspenders.yaml", devices: devices)
    }

    @Test(
        arguments: [
            ("below: 50", 60.0, 40.0), ("below: 50, resume_above: 90", 60, 40), ("above: 50", 40, 60),
            ("above: 50, resume_below: 20", 40, 60), ("outside: [10, 20]", 15, 25), ("inside: [10, 20]", 25, 15),
            ("equal: 3", 2, 3), ("not_equal: 3", 3, 2), ("not_equal: 3, resumes: false", 3, 2), ("high: true", 0, 1),
            ("low: true", 1, 0),
        ] as [(String, JSONValue, JSONValue)]
    )
    func `Each rule holds plans when it says so`(_ rule: String, _ good: JSONValue, _ bad: JSONValue) async throws {
        let devices = try devices()
        let ring = try #require(try devices.device(at: "ring") as? any Movable)
        try await ring.set(good).wait()
        let suspender = try #require(
            try suspenders("[{signal: ring, \(rule), sleep: 1, message: Beware.}]", devices).first
        )
        let engine = RunEngine()
        try await engine.install(suspender)
        #expect(engine.justifications == [])
        try await ring.set(bad).wait()
        #expect(engine.justifications.count == 1)
        #expect(engine.justifications.first?.hasSuffix(": Beware.") == true)
    }

    @Test(
        arguments: [
            ("{}", "must have a member 'suspenders', which is a list"), ("[ring]", "this one is \"ring\""),
            ("[{below: 5}]", "'signal' must name a device"),
            ("[{signal: rin, below: 5}]", "There is no device 'rin'"),
            ("[{signal: det, below: 5}]", "'det' does not tell of its changes"),
            ("[{signal: ring}]", "there must be one of below, above,"),
            ("[{signal: ring, below: 5, above: 6}]", "not [\"below\", \"above\"]"),
            ("[{signal: ring, below: low}]", "'below' must be a number, not \"low\""),
            ("[{signal: ring, below: 5, sleep: -1}]", "'sleep' must be a number from 0, not -1"),
            ("[{signal: ring, below: 5, resume_below: 1}]", "'resume_below' goes with 'above', not with 'below'"),
            ("[{signal: ring, outside: [5, 1]}]", "a list of two numbers, the lower one first"),
            ("[{signal: ring, high: 1}]", "'high' must be true or false"),
            ("[{signal: ring, high: false}]", "'high' must be true"),
            ("[{signal: ring, below: 5, resume: 7}]", "there is no member 'resume'; known are below,"),
        ]
    )
    func `What does not fit is refused with a reason`(_ text: String, _ reason: String) throws {
        do {
            _ = try suspenders(text, try devices())
            Issue.record("It was accepted")
        } catch {
            #expect("\(error)".contains(reason), "\(error)")
        }
    }
}
