import Testing

@testable import QServerCommands

@Suite struct ConsoleTextTests {
    private func shown(_ pieces: [String], isTerminal: Bool) -> String {
        var text = ConsoleText(isTerminal: isTerminal)
        return pieces.map { text.add($0) }.joined()
    }

    @Test(arguments: [true, false])
    func `lines of a plan pass, routine lines of the log do not`(isTerminal: Bool) {
        let pieces = [
            "|  1 |\n", "[I 2026-11-21 08:19:44,449 manager x:1] Started\n",
            "[W 2026-11-21 08:19:44,449 worker x:2] Hot\n",
            "[1, 2]\n", "part", "s\n",
        ]
        #expect(
            shown(pieces, isTerminal: isTerminal)
                == "|  1 |\n[W 2026-11-21 08:19:44,449 worker x:2] Hot\n[1, 2]\nparts\n"
        )
    }

    @Test func `a progress bar moves on a terminal and is left out elsewhere`() {
        let pieces = ["\r 10%\u{1B}[K", "\r 20%\u{1B}[K", "\n", "done\n"]
        #expect(shown(pieces, isTerminal: true) == "\r 10%\u{1B}[K\r 20%\u{1B}[K\ndone\n")
        #expect(shown(pieces, isTerminal: false) == "done\n")
    }

    @Test(arguments: [true, false])
    func `nothing can change the terminal`(isTerminal: Bool) {
        let text = shown(["a\u{1B}]0;title\u{7}b\u{1B}[31mc\u{9B}d\u{1B}", "[2Je\n"], isTerminal: isTerminal)
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("\u{9B}"))
        #expect(text.hasSuffix("e\n"))
    }
}
