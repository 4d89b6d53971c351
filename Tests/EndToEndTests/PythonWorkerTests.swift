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
                .plan("count", [["det1", "det2"]], keywordArguments: ["num": 3, "delay": 2])
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

    @Test func `the parts of the Python worker do what their tests say`() async throws {
        let result = try await PythonEnvironment.shared.runUnitTests()
        #expect(result.isSuccess, "\(result.output)")
    }
}
