import Testing

@testable import Supervisor

@Suite struct RestartLimitTests {
    private func answers(limit count: Int, seconds: [Int]) -> [Bool] {
        let start = SuspendingClock.now
        var limit = RestartLimit(count: count)
        return seconds.map { limit.allowsRestart(at: start + .seconds($0)) }
    }

    @Test func `restarts are allowed up to the limit, and again when the window has moved on`() {
        #expect(answers(limit: 2, seconds: [0, 50, 59, 60, 61]) == [true, true, false, true, false])
    }

    @Test func `a limit of none allows none`() {
        #expect(answers(limit: 0, seconds: [0, 100]) == [false, false])
    }
}
