import FakeManager
import Synchronization
import Testing
import Wire

@testable import QServerCommands

/// A text that grows.
private final class Written: Sendable {
    private let text = Mutex("")
    var value: String { text.withLock { $0 } }
    var output: Output { Output(display: Display()) { [self] part in text.withLock { $0 += part } } }
}

/// How a command line ended and what it wrote.
private struct Ending: Sendable, Hashable {
    let status: QServerExitCode
    let output: String
    let errors: String
}

/// Runs a command line as the tool does.
private func run(_ words: [String], manager: FakeManager? = nil, environment: [String: String] = [:]) async -> Ending {
    let output = Written()
    let errors = Written()
    var environment = environment
    if let manager {
        environment["QSERVER_ZMQ_CONTROL_ADDRESS"] = manager.controlAddress
        environment["QSERVER_ZMQ_INFO_ADDRESS"] = manager.infoAddress
    }
    let status = await QServer.run(words, environment: environment, output: output.output, errors: errors.output)
    return Ending(status: status, output: output.value, errors: errors.value)
}

@Suite struct RunTests {
    @Test func `an accepted request ends with 0 and is told in words`() async throws {
        let manager = try FakeManager()
        #expect(
            await run(["queue", "clear"], manager: manager)
                == Ending(status: .success, output: "The queue is empty.\n", errors: "")
        )
    }

    @Test func `with --json the reply is printed as it is`() async throws {
        let manager = try FakeManager { _ in ["success": true, "msg": "", "x": [1.0, "\u{e9}"]] }
        let expected = #"{"success": true, "msg": "", "x": [1.0, "\u00e9"]}"# + "\n"
        #expect(
            await run(["--json", "queue", "clear"], manager: manager)
                == Ending(status: .success, output: expected, errors: "")
        )
    }

    @Test func `a refusal ends with 2 and the manager's words`() async throws {
        let manager = try FakeManager { _ in ["success": false, "msg": "RE Manager is busy."] }
        #expect(
            await run(["queue", "start"], manager: manager)
                == Ending(status: .requestFailed, output: "", errors: "Error: RE Manager is busy.\n")
        )
        let ending = await run(["queue", "start", "--json"], manager: manager)
        #expect(ending.status == .requestFailed)
        #expect(ending.output == #"{"success": false, "msg": "RE Manager is busy."}"# + "\n")
    }

    @Test func `no answer ends with 3`() async throws {
        let manager = try FakeManager { _ in nil }
        let ending = await run(["status", "--timeout", "0.05"], manager: manager)
        #expect(ending.status == .communicationError)
        #expect(ending.output.isEmpty)
    }

    @Test(arguments: [
        ["foo"], ["queue"], ["queue", "foo"], ["queue", "add"], ["queue", "add", "plan"],
        ["queue", "add", "plan", "{'name'"], ["queue", "add", "plan", "[1]"], ["queue", "add", "plan", "before"],
        ["queue", "add", "plan", "1", "2", "{}"], ["queue", "add", "instruction", "pause"],
        ["queue", "mode", "set", "loop"], ["queue", "item", "move", "1"], ["queue", "item", "move", "1", "uid"],
        ["queue", "item", "get", "1", "2"], ["queue", "stop", "now"], ["queue", "autostart", "on"],
        ["re", "pause", "soon"], ["re", "runs", "all"], ["status", "now"], ["status", "--nonsense"],
        ["permissions", "reload", "all"], ["permissions", "set", "/nonexistent"], ["script", "upload", "/nonexistent"],
        ["lock", "everything"], ["lock", "queue", "environment"], ["lock", "info", "note"], ["manager", "kill"],
        ["manager", "stop", "safe"], ["kernel", "interrupt", "all"], ["history", "clear", "1", "2"],
        ["status", "--timeout", "0"], ["status", "--timeout", "nan"], ["status", "--zmq-encoding", "xml"],
        ["status", "-k", ""], ["status", "-a", "nonsense"], ["queue", "start", "--wait-timeout", "-5"], [],
    ])
    func `a wrong command line ends with 1 and nothing is sent`(words: [String]) async throws {
        let manager = try FakeManager()
        let ending = await run(words, manager: manager)
        #expect(ending.status == .badParameters)
        #expect(ending.output.isEmpty)
        #expect(!ending.errors.isEmpty)
        #expect(await manager.requests.isEmpty)
    }

    @Test func `an unknown command names the allowed ones`() async {
        let ending = await run(["queue", "item", "got"])
        #expect(
            ending.errors
                == "Error: 'qserver queue item' has no command 'got'. Allowed: get, remove, move. "
                + "See 'qserver queue item --help'.\n"
        )
    }

    @Test(arguments: [
        ["--help"], ["-h"], ["help"], ["help", "queue"], ["queue", "--help"], ["queue", "add", "plan", "-h"],
        ["--version"], ["--generate-completion-script", "bash"],
    ])
    func `help ends with 0 and goes to standard output`(words: [String]) async {
        let ending = await run(words)
        #expect(ending.status == .success)
        #expect(!ending.output.isEmpty)
        #expect(ending.errors.isEmpty)
    }

    @Test func `a bad key ends with 1 and names its variable`() async {
        let ending = await run(["status"], environment: ["QSERVER_ZMQ_PUBLIC_KEY": "short"])
        #expect(ending.status == .badParameters)
        #expect(ending.errors.contains("QSERVER_ZMQ_PUBLIC_KEY"))
    }
}

@Suite struct WaitTests {
    private static let idle: JSONValue = [
        "manager_state": "idle", "status_uid": "1", "worker_environment_exists": false, "items_in_history": 1,
    ]

    private func manager(history: JSONValue = []) throws -> FakeManager {
        try FakeManager { request in
            switch request.method {
            case "status": WaitTests.idle
            case "history_get": ["success": true, "items": history]
            case "function_execute": ["success": true, "task_uid": "t"]
            case "task_result":
                ["success": true, "status": "completed", "result": ["success": false, "msg": "too hot"]]
            default: ["success": true, "msg": ""]
            }
        }
    }

    @Test func `an environment that does not open ends with 5`() async throws {
        let ending = await run(["environment", "open", "--wait"], manager: try manager())
        #expect(ending.status == .operationFailed)
    }

    @Test func `a closed environment ends with 0`() async throws {
        let ending = await run(["environment", "close", "--wait"], manager: try manager())
        #expect(ending.status == .success)
        #expect(ending.output.hasSuffix("The environment is closed.\n"))
    }

    @Test func `a failed plan ends with 5 and says why`() async throws {
        let old: JSONValue = ["name": "old", "result": ["exit_status": "failed"]]
        let good: JSONValue = ["name": "count", "result": ["exit_status": "completed"]]
        let bad: JSONValue = ["name": "scan", "args": ["det"], "result": ["exit_status": "failed", "msg": "no beam"]]
        let words = ["queue", "start", "--wait"]
        let completed = await run(words, manager: try manager(history: [old, good]))
        #expect(completed.status == .success)
        #expect(completed.output.hasSuffix("1 item completed.\n"))
        let failed = await run(words, manager: try manager(history: [old, good, bad]))
        #expect(failed.status == .operationFailed)
        #expect(failed.errors == "Error: scan('det') failed: no beam\n")
    }

    @Test func `a failed function ends with 5 and says why`() async throws {
        let ending = await run(["function", "execute", "{'name': 'f'}", "--wait"], manager: try manager())
        #expect(ending.status == .operationFailed)
        #expect(ending.errors == "Error: the task failed: too hot\n")
    }
}
