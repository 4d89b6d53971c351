import FakeManager
import Synchronization
import Testing
import Wire

@testable import QServerCommands

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
        let manager = try FakeManager { _ in ["success": false, "msg": "No beam."] }
        #expect(
            await run(["queue", "start"], manager: manager)
                == Ending(status: .requestFailed, output: "", errors: "Error: No beam.\n")
        )
        let ending = await run(["queue", "start", "--json"], manager: manager)
        #expect(ending.status == .requestFailed)
        #expect(ending.output == #"{"success": false, "msg": "No beam."}"# + "\n")
    }

    @Test(arguments: [
        ["status", "--json", "--nonsense"], ["--json", "stauts"], ["queue", "add", "plan", "[1]", "--json"],
        ["status", "--json", "-a", "tcp://127.0.0.1:9", "--timeout", "0.05"], ["queue", "start", "--json", "--wait"],
        ["queue", "start", "--json"],
    ])
    func `with --json a failure is one document too, and nothing else is printed`(words: [String]) async throws {
        let manager = try FakeManager { _ in ["success": false, "msg": "no"] }
        let ending = await run(words, manager: manager)
        #expect(ending.status != .success)
        #expect(ending.errors.isEmpty)
        #expect(ending.output.split(separator: "\n").count == 1)
        let document = try JSONValue(parsing: ending.output)
        #expect(document["success"] == false)
        #expect(document["msg"]?.string?.isEmpty == false)
    }

    @Test func `an error is called one only once`() async throws {
        let manager = try FakeManager { _ in ["success": false, "msg": "Error: Error: no key"] }
        #expect(await run(["unlock"], manager: manager).errors == "Error: no key\n")
        #expect(await run(["status", "--nonsense"], manager: manager).errors.hasPrefix("Error: Unknown option"))
    }

    @Test(arguments: ["aaaa-1", "aaaa-2-longer"])
    func `the first characters of a UID are enough where they are unique`(uid: String) async throws {
        let queue: JSONValue = [
            "success": true, "items": [["item_uid": .string(uid + "-rest")], ["item_uid": "aaab"]],
            "running_item": ["item_uid": "bbbb"],
        ]
        let manager = try FakeManager { $0.method == "queue_get" ? queue : ["success": true, "msg": ""] }
        _ = await run(["queue", "item", "remove", uid], manager: manager)
        #expect(await manager.requests.last?.parameters == ["uid": .string(uid + "-rest")])
        _ = await run(["queue", "item", "move", "bb", "before", "aaab"], manager: manager)
        #expect(await manager.requests.last?.parameters == ["uid": "bbbb", "before_uid": "aaab"])
        let ending = await run(["queue", "item", "get", "aaa"], manager: manager)
        #expect(ending.status == .badParameters)
        #expect(ending.errors.contains("2 items of the queue have a UID that begins with 'aaa'"))
    }

    @Test func `one entry of the history is shown by place and by UID`() async throws {
        let first: JSONValue = [
            "name": "count", "item_type": "plan", "item_uid": "aaaa-1", "user": "me", "user_group": "us",
            "result": [
                "exit_status": "failed", "msg": "no beam", "traceback": "a\nb", "run_uids": ["r1"], "scan_ids": [7],
            ],
        ]
        let second: JSONValue = ["name": "scan", "item_uid": "bbbb-1"]
        let manager = try FakeManager { _ in ["success": true, "items": [first, second]] }
        for words in [["0"], ["front"], ["-2"], ["aaaa"]] {
            let ending = await run(["history", "show"] + words, manager: manager)
            #expect(ending.status == .success)
            #expect(ending.output.hasPrefix("Plan     count()\nStatus   failed\n"))
            #expect(
                ending.output.contains("Scan 7   r1\nUser     me (us)\nUID      aaaa-1\n\nMessage:\n  no beam\n\nTrace")
            )
        }
        let last = await run(["history", "show", "--json"], manager: manager)
        #expect(try JSONValue(parsing: last.output) == second)
        #expect(await run(["history", "show", "2"], manager: manager).status == .badParameters)
        #expect(await run(["history", "show", "c"], manager: manager).status == .badParameters)
    }

    @Test func `clearing the history up to an item that is not there is refused`() async throws {
        let manager = try FakeManager { request in
            request.method == "status"
                ? ["items_in_history": 1] : ["success": true, "items": [["item_uid": "aaaa-1"]]]
        }
        let wrong = await run(["history", "clear", "b"], manager: manager)
        #expect(wrong.status == .badParameters && wrong.errors.contains("'b' is neither a number of items to keep"))
        let negative = await run(["history", "clear", "-1"], manager: manager)
        #expect(negative.status == .badParameters && negative.errors.contains("0 or more, not -1"))
        #expect(await !manager.requests.contains { $0.method == "history_clear" })
        #expect(await run(["history", "clear", "aa"], manager: manager).output == "The history keeps 1 item.\n")
    }

    @Test func `the running item is named in the status`() async throws {
        let manager = try FakeManager { request in
            request.method == "status"
                ? ["manager_state": "executing_queue", "running_item_uid": "u"]
                : [
                    "success": true, "items": [],
                    "running_item": ["name": "scan", "args": ["m"], "item_uid": "u", "user": "ann"],
                ]
        }
        let ending = await run(["status"], manager: manager)
        #expect(ending.output.contains("Running      scan('m')\n             UID u, by ann\n"))
    }

    @Test(.timeLimit(.minutes(2)))
    func `what is watched is shown again when it changes, and Ctrl-C ends it as done`() async throws {
        let count = Mutex(0)
        let manager = try FakeManager { request in
            let number = count.withLock { count in
                count += request.method == "status" ? 1 : 0
                return min(count, 3)
            }
            return request.method == "status"
                ? ["status_uid": .string("\(number)")]
                : ["success": true, "items": [["name": .string("plan\(number)")]]]
        }
        let (signals, interrupt) = AsyncStream.makeStream(of: Void.self)
        let output = Written()
        let watcher = Task {
            await Program.qserver.run(
                ["queue", "get", "--watch", "-a", manager.controlAddress, "--zmq-info-addr", manager.infoAddress],
                environment: [:],
                output: output.output(),
                errors: Written().output(),
                interruptions: { signals }
            )
        }
        while !output.value.contains("plan3") { try await Task.sleep(for: .milliseconds(5)) }
        interrupt.yield()
        #expect(await watcher.value == .success)
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
        ["queue", "item", "get", "1", "2"], ["queue", "stop", "now"], ["queue", "autostart", "maybe"],
        ["queue", "add", "plan", "count", "num=1", "det1"],
        ["re", "pause", "soon"], ["re", "runs", "all"], ["status", "now"],
        ["permissions", "reload", "all"], ["permissions", "set", "/nonexistent"], ["script", "upload", "/nonexistent"],
        ["lock", "everything"], ["lock", "-k", "key"], ["lock", "queue", "environment"], ["lock", "info", "note"],
        ["manager", "kill"],
        ["manager", "stop", "safe"], ["kernel", "interrupt", "all"], ["history", "clear", "1", "2"],
        ["status", "--timeout", "0"], ["status", "--timeout", "nan"], ["status", "--zmq-encoding", "xml"],
        ["status", "-k", ""], ["status", "-a", "nonsense"],
    ])
    func `a wrong command line ends with 1 and nothing is sent`(words: [String]) async throws {
        let manager = try FakeManager()
        let ending = await run(words, manager: manager)
        #expect(ending.status == .badParameters)
        #expect(ending.output.isEmpty)
        #expect(!ending.errors.isEmpty)
        #expect(await manager.requests.isEmpty)
    }

    @Test(arguments: [
        ["lop", "on"], ["loop", "x"], ["loop", "true"], ["ignore_failures", "10"], ["default", "loop"],
    ])
    func `a queue mode that the manager would refuse ends with 2`(words: [String]) async throws {
        let manager = try FakeManager()
        let ending = await run(["queue", "mode", "set"] + words, manager: manager)
        #expect(ending.status == .requestFailed)
        #expect(ending.errors.contains("ignore_failures") || ending.errors.contains("True or False"))
        #expect(await manager.requests.isEmpty)
    }

    @Test func `a command without its second word is told the words`() async {
        let ending = await run(["queue", "item"])
        #expect(
            ending.errors
                == "Error: 'qserver queue item' needs a command. Allowed: get, remove, move, release. "
                + "See 'qserver queue item --help'.\n"
        )
    }

    @Test(arguments: [
        [], ["--nonsense"], ["status", "--nonsense"], ["status", "-a"], ["status", "--timeout", "soon"],
        ["status", "--watch=3"], ["queue", "start", "--wait-timeout", "-5"],
    ])
    func `a wrong option ends with 2 and nothing is sent`(words: [String]) async throws {
        let manager = try FakeManager()
        let ending = await run(words, manager: manager)
        #expect(ending.status.rawValue == 2)
        #expect(ending.output.isEmpty)
        #expect(!ending.errors.isEmpty)
        #expect(await manager.requests.isEmpty)
    }

    @Test func `an unknown command names the allowed ones`() async {
        let ending = await run(["queue", "item", "got"])
        #expect(
            ending.errors
                == "Error: 'qserver queue item' has no command 'got'. Did you mean 'get'? Allowed: get, remove, move, release. "
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

@Suite struct HintTests {
    @Test(arguments: [
        ("RE Worker environment does not exist.", "'qserver environment open --wait' opens it."),
        ("Function execution: RE Worker environment is not open", "'qserver environment open --wait' opens it."),
        ("Invalid lock key: \nRE Manager is locked by ann", "With the key of the lock"),
    ])
    func `a refusal is followed by what to do about it`(message: String, hint: String) async throws {
        let manager = try FakeManager { _ in ["success": false, "msg": .string(message)] }
        let ending = await run(["queue", "start"], manager: manager)
        #expect(ending.errors.split(separator: "\n").last?.hasPrefix(hint) == true)
    }
}

@Suite struct ProgramTests {
    private func run(_ program: Program, _ words: [String], manager: FakeManager) async -> Ending {
        let output = Written()
        let errors = Written()
        let environment = [
            "QSERVER_ZMQ_CONTROL_ADDRESS": manager.controlAddress, "QSERVER_ZMQ_INFO_ADDRESS": manager.infoAddress,
        ]
        let status = await program.run(
            words,
            environment: environment,
            output: output.output(),
            errors: errors.output(),
            interruptions: { AsyncStream { $0.yield() } }
        )
        return Ending(status: status, output: output.value, errors: errors.value)
    }

    @Test func `the console of a kernel tells what takes its place`() async throws {
        let manager = try FakeManager { _ in ["success": true, "config": ["ip_connect_info": [:]]] }
        let ending = await run(.kernelConsole, [], manager: manager)
        #expect(ending.status == .operationFailed)
        #expect(ending.errors.contains("qserver function execute <function>"))
        let silent = try FakeManager { _ in nil }
        #expect(await run(.kernelConsole, ["--timeout", "0.1"], manager: silent) == ending)
    }

    @Test func `Ctrl-C ends the console monitor as done`() async throws {
        let manager = try FakeManager()
        #expect(await run(.consoleMonitor, [], manager: manager).status == .success)
        #expect(await run(.consoleMonitor, ["--zmq-info-addr", "nonsense"], manager: manager).status == .badParameters)
        #expect(await run(.consoleMonitor, ["extra"], manager: manager).status == .badParameters)
    }

    @Test(.timeLimit(.minutes(2)))
    func `the console monitor prints what is published, as it is`() async throws {
        let manager = try FakeManager()
        let output = Written()
        let monitor = Task {
            await Program.consoleMonitor.run(
                ["--zmq-subscribe-addr", manager.infoAddress],
                environment: [:],
                output: output.output(),
                errors: Written().output()
            )
        }
        while !output.value.contains("50%\r") {
            try await manager.publish("QS_Console", "50%\r")
            try await Task.sleep(for: .milliseconds(5))
        }
        monitor.cancel()
        _ = await monitor.value
    }
}
