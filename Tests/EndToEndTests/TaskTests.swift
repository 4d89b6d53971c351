import Glibc
import QueueClient
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct TaskTests {
    /// Waits until the task is done.
    private func report(_ uid: String, _ client: QueueClient) async throws -> TaskReport {
        while true {
            let report = try await client.taskResult(uid)
            if report.status != "running" { return report }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func `a function is called and its result fetched`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let before = try await client.status().raw["task_results_uid"]
            let uid = try await client.functionExecute(.function("function_sleep", [0.05]))
            let report = try await report(uid, client)
            #expect(report.returnValue == ["success": true, "time": 0.05])
            let status = try await client.status().raw
            #expect(status["manager_state"] == "idle" && status["task_results_uid"] != before)
        }
    }

    @Test func `a foreground task that is destroyed with the environment is forgotten`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let uid = try await client.functionExecute(.function("function_sleep", [60]))
            #expect(try await client.status().raw["manager_state"] == "executing_task")
            await #expect(throws: QueueClientError.self) { try await client.environmentClose() }
            try await client.environmentDestroy()
            try await client.waitForEnvironmentClosed()
            #expect(try await client.taskStatus(uid) == "not_found")
        }
    }

    @Test func `background tasks run beside a plan and end with the environment`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let long = try await client.functionExecute(.function("function_sleep", [60]), inBackground: true)
            try await client.queueItemAdd(
                .plan("count", [["det1"]], keywordArguments: ["num": 1000, "delay": 0.01])
            )
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            let short = try await client.functionExecute(.function("function_sleep", [0]), inBackground: true)
            #expect(try await report(short, client).succeeded)
            #expect(try await client.status().raw["worker_background_tasks"] == 1)
            try await client.rePause(.immediate)
            try await client.waitForStatus(timeout: .seconds(30)) { $0.isPaused }
            let paused = try await client.functionExecute(.function("function_sleep", [0]), inBackground: true)
            #expect(try await report(paused, client).succeeded)
            _ = try await client.request("re_abort")
            try await client.waitForIdle(timeout: .seconds(30))
            try await client.environmentClose()
            try await client.waitForEnvironmentClosed()
            #expect(try await client.taskStatus([long, short]) == [long: "not_found", short: "completed"])
        }
    }

    @Test func `a script adds a plan and a device, which can be used at once`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let script = """
                devices:
                  script_motor: {class: SynAxis}
                plans:
                  - {name: script_count, plan: count, presets: {num: 2}}
                """
            let uid = try await client.scriptUpload(script)
            #expect(try await report(uid, client).message == "")
            try await client.queueItemAdd(.plan("script_count", [["script_motor"]]))
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["items_in_history"] == 1 && $0.isIdle }
            #expect(try await client.historyGet()[0].raw["result"]?["exit_status"] == "completed")
        }
    }

    @Test func `Python code is answered with what a script is here`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            try await manager.openEnvironment()
            let report = try await report(try await manager.client.scriptUpload("a = 1\n"), manager.client)
            #expect(
                report.message.hasPrefix("Error occurred while executing 'Load script': Failed to execute stript: ")
            )
            #expect(report.result["traceback"]?.string?.isEmpty == false)
        }
    }

    @Test(arguments: ["environment_close", "environment_destroy"])
    func `a program that a function has started ends with the environment`(method: String) async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/pid"
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let script = """
                functions:
                  - {name: func_for_test_program, command: [sh, -c, 'echo $$ > \(file).new; mv \(file).new \(file); exec sleep 100']}
                """
            #expect(try await report(try await client.scriptUpload(script), client).message == "")
            try await client.functionExecute(.function("func_for_test_program"), inBackground: true)
            while access(file, F_OK) != 0 { try await Task.sleep(for: .milliseconds(5)) }
            let pid = try #require(processID(in: file))
            #expect(kill(pid, 0) == 0)
            _ = try await client.request(method)
            try await client.waitForEnvironmentClosed()
            while kill(pid, 0) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    private func processID(in file: String) -> Int32? {
        guard let stream = fopen(file, "r") else { return nil }
        defer { fclose(stream) }
        var digits = [UInt8](repeating: 0, count: 32)
        let count = fread(&digits, 1, digits.count, stream)
        return Int32(String(decoding: digits[..<count].prefix { $0 != 10 }, as: UTF8.self))
    }

    @Test func `a new manager knows the task that runs and gets its result`() async throws {
        let address = try freeAddress()
        let folder = try TemporaryFolder()
        let file = folder.path + "/go"
        try await TestManager.run(state: TemporaryFolder(), options: ["--zmq-control-addr", address]) {
            manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let script = """
                functions:
                  - {name: func_for_test_waits, command: [sh, -c, 'until [ -e \(file) ]; do sleep 0.02; done; echo null']}
                """
            #expect(try await report(try await client.scriptUpload(script), client).message == "")
            let uid = try await client.functionExecute(.function("func_for_test_waits"))
            kill(try #require(manager.children("re-manager").first), SIGKILL)
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["manager_state"] == "executing_task" }
            fclose(fopen(file, "w"))
            #expect(try await report(uid, client).succeeded)
            #expect(try await client.status().raw["manager_state"] == "idle")
        }
    }
}
