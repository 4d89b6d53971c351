import Glibc
import QueueClient
import Testing
import Wire
import ZeroMQ

/// The monitor in a real terminal, with a real manager.
@Suite(.enabled(if: TmuxTerminal.isInstalled), .timeLimit(.minutes(3))) struct MonitorTests {
    /// Starts a manager that publishes, and the monitor in a terminal.
    private func run(
        columns: Int = 80,
        rows: Int = 24,
        _ body: (TestManager, TmuxTerminal) async throws -> Void
    ) async throws {
        try await run(columns: columns, rows: rows) { manager, terminal, _ async throws in
            try await body(manager, terminal)
        }
    }

    /// The same; `body` also gets the file with the process id of the monitor. The shell's command `monitor` starts
    /// another one.
    private func run(
        columns: Int = 80,
        rows: Int = 24,
        _ body: (TestManager, TmuxTerminal, String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        // A manager that is started anew has to come back to its addresses.
        let control = try freeAddress()
        let info = try freeAddress()
        try await TestManager.run(
            state: folder,
            options: ["--zmq-control-addr", control, "--zmq-publish-console", "ON", "--zmq-info-addr", info]
        ) { manager async throws in
            try await TmuxTerminal.run(columns: columns, rows: rows, in: folder) { terminal async throws in
                let pidFile = folder.path + "/pid"
                let command = "\(program("qserver")) monitor -a \(control) --zmq-info-addr \(info)"
                try await terminal.type("monitor() { sh -c 'echo $$ > \(pidFile); exec \(command)'; echo left $?; }")
                try await terminal.type("monitor")
                try await terminal.wait(for: " live")
                try await body(manager, terminal, pidFile)
            }
        }
    }

    @Test func `keys open the environment, run a plan, pause and abort it`() async throws {
        try await run { manager, terminal async throws in
            try await terminal.press("o")
            try await terminal.wait(for: "Environment open")
            try await manager.client.queueItemAdd(
                .plan("count", [["det1"]], keywordArguments: ["num": 1000, "delay": 0.05])
            )
            try await manager.client.queueItemAdd(.plan("mv", ["motor1", 1]))
            try await terminal.wait(for: "Queue 2")
            try await terminal.press("s")
            try await terminal.wait(for: "open runs: #1")
            try await terminal.wait(for: "seq_num")
            try await terminal.press("p")
            try await terminal.wait(for: "Manager paused")
            try await terminal.press("a")
            try await terminal.wait(for: "Abort the plan?")
            try await terminal.press("y")
            try await terminal.wait(for: "Manager idle")
            try await terminal.press("Tab")
            try await terminal.wait(for: "aborted")
            #expect(try await manager.client.historyGet().map(\.result?.exitStatus) == ["aborted"])
            try await terminal.press("q")
            let screen = try await terminal.wait(for: "left 0")
            #expect(!screen.contains("Manager idle"), "what was on the terminal before is back")
        }
    }

    @Test func `a manager that hangs is called silent, keys work meanwhile, and its successor is found`() async throws {
        try await run { manager, terminal async throws in
            let pid = try #require(manager.children("re-manager").first)
            kill(pid, SIGSTOP)
            try await terminal.wait(for: "NO NEWS FOR")
            try await terminal.press("?")
            try await terminal.wait(for: "pause at the next checkpoint")
            try await terminal.press("Escape")
            // The supervisor replaces it after some seconds.
            try await terminal.wait(for: " live")
            try await terminal.wait(for: "a new manager")
        }
    }

    @Test func `a manager that was killed is found again with the plan that goes on`() async throws {
        try await run(columns: 200, rows: 60) { manager, terminal async throws in
            try await manager.openEnvironment()
            try await manager.client.queueItemAdd(
                .plan("count", [["det1"]], keywordArguments: ["num": 1000, "delay": 0.1])
            )
            try await manager.client.queueStart()
            try await terminal.wait(for: "open runs: #1")
            let pid = try #require(manager.children("re-manager").first)
            kill(pid, SIGKILL)
            try await terminal.wait(for: "a new manager")
            try await terminal.press("P")
            try await terminal.wait(for: "Manager paused")
            try await terminal.press("a", "y")
            try await terminal.wait(for: "Manager idle")
        }
    }

    @Test func `the size of the terminal may change`() async throws {
        try await run { _, terminal async throws in
            try await terminal.resize(columns: 50, rows: 10)
            try await terminal.wait(for: "needs more room")
            try await terminal.resize(columns: 200, rows: 60)
            let screen = try await terminal.wait(for: "─ Console")
            #expect(screen.split(separator: "\n").contains { $0.contains("─ Running") && $0.contains("─ Console") })
        }
    }

    @Test func `the terminal is put back when the monitor is suspended, ended or crashes`() async throws {
        try await run { _, terminal, pidFile async throws in
            func expectOrder() async throws {
                try await terminal.type(
                    "clear; stty -a | grep -o ' icanon'; stty -a | grep -o '^opost'; stty -a | grep -o ' echo '"
                )
                try await terminal.wait(for: "a terminal in order") { $0.contains("icanon\nopost\n echo") }
            }
            func startAgain() async throws {
                try await terminal.type("clear; monitor")
                try await terminal.wait(for: " live")
            }
            try await terminal.press("C-z")
            try await terminal.wait(for: "Stopped")
            try await expectOrder()
            try await terminal.type("fg")
            try await terminal.wait(for: " live")
            try await terminal.press("C-c")
            try await terminal.wait(for: "the shell") { !$0.contains(" live") }
            try await expectOrder()
            for (signal, status) in [(SIGTERM, 143), (SIGHUP, 129), (SIGABRT, 134)] {
                try await startAgain()
                let text = try await terminal.screen()
                let pid = try #require(try pid(in: pidFile), "\(text)")
                kill(pid, signal)
                try await terminal.wait(for: "left \(status)")
                try await expectOrder()
            }
        }
    }

    @Test func `pasted text does nothing`() async throws {
        try await run { manager, terminal async throws in
            try await terminal.paste("oq?")
            try await terminal.press("Tab", "Tab", "z")
            try await terminal.wait(for: "one pane only") { !$0.contains("─ Queue") && $0.contains("─ Console") }
            #expect(try await manager.client.status().workerEnvironmentExists == false)
        }
    }

    @Test func `a manager that does not publish is asked once a second`() async throws {
        let folder = try TemporaryFolder()
        try await TestManager.run(state: folder) { manager async throws in
            try await TmuxTerminal.run(in: folder) { terminal async throws in
                let nowhere = "--zmq-info-addr tcp://127.0.0.1:1"
                try await terminal.type("\(program("qserver")) monitor -a \(manager.address) \(nowhere)")
                try await terminal.wait(for: "asking once a second")
                try await terminal.press("o")
                try await terminal.wait(for: "Environment open")
                try await terminal.wait(for: "RE Environment is ready")
                try await manager.client.queueItemAdd(.plan("count", [["det1"]]))
                try await terminal.wait(for: "Queue 1")
                try await terminal.press("s")
                try await terminal.wait(for: "count ['")
                try await terminal.wait(for: "History 1")
                try await terminal.press("q")
            }
        }
    }

    @Test func `what is published may be encrypted`() async throws {
        let folder = try TemporaryFolder()
        let keys = CurveKeys.generate()
        try keys.write(to: folder.path + "/manager")
        let info = try freeAddress()
        let options = [
            "--zmq-private-key-file", folder.path + "/manager.key_secret", "--zmq-publish-console", "ON",
            "--zmq-info-addr", info, "--zmq-info-encryption", "ON",
        ]
        try await TestManager.run(
            state: folder,
            options: options,
            configure: { $0.serverPublicKey = keys.publicKey }
        ) { manager async throws in
            try await TmuxTerminal.run(in: folder) { terminal async throws in
                let monitor = "\(program("qserver")) monitor -a \(manager.address) --zmq-info-addr \(info)"
                try await terminal.type("export QSERVER_ZMQ_PUBLIC_KEY='\(keys.publicKey)'; \(monitor)")
                // It cannot read what is published, and asks.
                try await terminal.wait(for: "asking once a second")
                try await terminal.press("q")
                try await terminal.waitForPrompt()
                try await terminal.type("clear; \(monitor) --zmq-info-encryption ON")
                try await terminal.wait(for: " live")
                try await manager.openEnvironment()
                try await terminal.wait(for: "RE Environment is ready")
                try await terminal.press("q")
            }
        }
    }

    private func pid(in path: String) throws -> Int32? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var number: Int32 = 0
        while case let byte = getc(file), (0x30...0x39).contains(byte) { number = number * 10 + byte - 0x30 }
        return number == 0 ? nil : number
    }
}
