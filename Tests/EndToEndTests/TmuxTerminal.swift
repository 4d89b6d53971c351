import Glibc
import Subprocess
import Testing

/// A real terminal: a shell in tmux, to which keys are sent and whose screen is read.
struct TmuxTerminal: Sendable {
    private let socket: String

    static let isInstalled = (getenv("PATH").map { String(cString: $0) } ?? "")
        .split(separator: ":").contains { access("\($0)/tmux", X_OK) == 0 }

    /// Starts a terminal of this size, runs `body` with it, and ends it with all that runs in it.
    static func run(
        columns: Int = 80,
        rows: Int = 24,
        in folder: TemporaryFolder,
        _ body: (TmuxTerminal) async throws -> Void
    ) async throws {
        let terminal = TmuxTerminal(socket: folder.path + "/tmux")
        try await terminal.tmux([
            "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
            "env PS1='$ ' SWIFT_BACKTRACE=enable=no bash --norc --noprofile",
        ])
        do {
            try await body(terminal)
        } catch {
            Issue.record("The screen at the end:\n\(try await terminal.screen())")
            try await terminal.tmux(["kill-server"])
            throw error
        }
        try await terminal.tmux(["kill-server"])
    }

    /// Presses keys, as tmux calls them: `Enter`, `C-z`, or letters.
    func press(_ keys: String...) async throws { try await tmux(["send-keys"] + keys) }

    /// Types a line and the enter key.
    func type(_ line: String) async throws {
        try await tmux(["send-keys", "-l", line])
        try await press("Enter")
    }

    /// Pastes a text, as with the mouse.
    func paste(_ text: String) async throws {
        try await tmux(["set-buffer", text])
        try await tmux(["paste-buffer", "-p"])
    }

    func resize(columns: Int, rows: Int) async throws {
        try await tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// What is to be seen.
    func screen() async throws -> String { try await tmux(["capture-pane", "-p"]) }

    /// Waits for the shell: what is typed while a program gives the terminal back is lost.
    func waitForPrompt() async throws {
        try await wait(for: "the prompt") { screen in
            screen.split(whereSeparator: \.isNewline).last { $0.contains { $0 != " " } } == "$"
        }
    }

    /// Waits until the screen fulfils a condition, and returns it.
    @discardableResult
    func wait(
        for description: String,
        until isReached: @Sendable (String) -> Bool
    ) async throws -> String {
        let end = ContinuousClock.now + .seconds(45)
        while ContinuousClock.now < end {
            let screen = try await screen()
            if isReached(screen) { return screen }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NotSeen(description: description)
    }

    /// Waits until the screen contains a text, and returns it.
    @discardableResult
    func wait(for text: String) async throws -> String { try await wait(for: text) { $0.contains(text) } }

    struct NotSeen: Error, CustomStringConvertible {
        let description: String
    }

    @discardableResult
    private func tmux(_ arguments: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("tmux"),
            arguments: Arguments(["-S", socket] + arguments),
            environment: .inherit.updating(["LC_ALL": "C.UTF-8", "TERM": "xterm-256color"]),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 16)
        )
        try #require(result.terminationStatus.isSuccess, "tmux \(arguments): \(result.standardError)")
        return result.standardOutput
    }
}
