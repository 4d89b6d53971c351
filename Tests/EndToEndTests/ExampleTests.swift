import Glibc
import QueueClient
import Subprocess
import Testing
import Wire

/// The package in `Examples/Laboratory`, as a laboratory would use it. `scripts/test` builds it.
@Suite(
    .enabled(if: Laboratory.isBuilt, "Examples/Laboratory is not built; scripts/test does that"),
    .timeLimit(.minutes(2))
) struct ExampleTests {
    @Test func `a laboratory's own device, plan and function are listed and run`() async throws {
        try await TestManager.run(
            state: TemporaryFolder(),
            options: Laboratory.options + ["--update-existing-plans-devices", "NEVER"]
        ) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let devices = try await client.request("devices_allowed", ["user_group": "primary"])["devices_allowed"]
            #expect(devices?["shutter"]?["classname"] == "Shutter")
            #expect(devices?["shutter"]?["is_movable"] == true)

            let item = QueueItem.plan("background_count", [["diode"], "shutter"], keywordArguments: ["num": 3])
            try await client.queueItemAdd(item)
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["items_in_history"] == 1 && $0.isIdle }
            let result = try #require(try await client.historyGet().first?.raw["result"])
            #expect(result["exit_status"] == "completed", "\(result)")
            #expect(result["run_uids"]?.array?.count == 1)

            let uid = try await client.functionExecute(.function("exposure_for", [100, 50]))
            #expect(try await client.waitForTask(uid).result["return_value"] == 2.0)
        }
    }

    @Test func `without a manager, a laboratory's own plan can be run and rehearsed`() async throws {
        let arguments = Laboratory.options + ["background_count", #"[["diode"], "shutter"]"#, #"{"num": 3}"#]
        let result = try await runProgram("re-run", arguments)
        #expect(result.status == .exited(0), "\(result)")
        #expect(result.output.contains("|         3 |"), "\(result)")
        let rehearsed = try await runProgram("re-run", arguments + ["--dry-run"])
        #expect(rehearsed.status == .exited(0))
        #expect(rehearsed.output.contains("1 run, 4 events, about 0.2 s"), "\(rehearsed)")
        let refused = try await runProgram("re-run", Laboratory.options + ["mv", #"["shutter", "ajar"]"#, "--dry-run"])
        #expect(refused.status == .exited(1))
        #expect(refused.output.contains("PROBLEM: shutter: a shutter is set to"), "\(refused)")
    }

    @Test func `a shutter that is told to do something else says what is allowed`() async throws {
        try await TestManager.run(
            state: TemporaryFolder(),
            options: Laboratory.options + ["--update-existing-plans-devices", "NEVER"]
        ) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            try await client.queueItemAdd(.plan("mv", ["shutter", "ajar"]))
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["items_in_history"] == 1 && $0.isIdle }
            let result = try #require(try await client.historyGet().first?.raw["result"])
            #expect(result["exit_status"] == "failed")
            #expect(result["msg"]?.string?.contains("set to 'open' or 'closed', not to 'ajar'") == true, "\(result)")
        }
    }
}

/// Where the example is.
private enum Laboratory {
    private static let folder = "Examples/Laboratory"
    static let worker = folder + "/.build/debug/laboratory-worker"
    static let options = ["--worker-executable", worker, "--startup-dir", folder + "/profile"]
    static var isBuilt: Bool { access(worker, X_OK) == 0 }
}
