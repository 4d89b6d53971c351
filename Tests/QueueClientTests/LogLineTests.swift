import QueueClient
import Testing

@Suite struct LogLineTests {
    @Test func `a line of the log is read`() throws {
        let line = try #require(LogLine("[W 2026-11-21 08:19:44,449 manager Queue.swift:41] No beam [yet]. user='Ada'"))
        #expect(line.level == .warning)
        #expect(!line.isRoutine)
        #expect(line.time == "08:19:44")
        #expect(line.text == "No beam [yet]. user='Ada'")
        #expect(LogLine("[I 2026-11-21 08:19:44,449 worker X.swift:1]")?.text == "")
    }

    @Test(arguments: [
        "", "[", "[I", "[I]", "I 2026-11-21 08:19:44,449 manager X.swift:1] x",
        "[X 2026-11-21 08:19:44,449 manager X:1] x",
        "[I 2026-11-21 08:19:44 manager X.swift:1] x", "[I x026-11-21 08:19:44,449 manager X.swift:1] x",
        "[1.0, 2.0, 3.0, 4.0] x", "[I 2026-11-21 08:19:44,449 manager X.swift:1 x",
    ])
    func `other lines are none`(line: String) { #expect(LogLine(line) == nil) }
}
