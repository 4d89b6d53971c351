import Testing

@testable import Manager

@Suite struct WorkerHeartbeatTests {
    private let start = SuspendingClock.now

    @Test func `a worker that talks is not asked`() {
        var heartbeat = WorkerHeartbeat(at: start)
        for second in 1...20 {
            _ = heartbeat.heard(at: start + .seconds(second))
            let step = heartbeat.step(at: start + .seconds(second) + .milliseconds(900))
            #expect(step == nil)
        }
    }

    @Test func `a quiet worker is asked once, and counts as silent when it owes the answer too long`() {
        var heartbeat = WorkerHeartbeat(at: start)
        let steps = (1...8).map { heartbeat.step(at: start + .seconds($0)) }
        #expect(steps == [.ask, nil, nil, nil, nil, .becameSilent, nil, nil])
        #expect(heartbeat.isSilent)
    }

    @Test func `an answer ends the silence, and says that there was one`() {
        var heartbeat = WorkerHeartbeat(at: start)
        _ = heartbeat.step(at: start + .seconds(1))
        let wasSilent = heartbeat.heard(at: start + .seconds(2))
        #expect(!wasSilent)
        for second in 3...8 { _ = heartbeat.step(at: start + .seconds(second)) }
        #expect(heartbeat.isSilent)
        let wasSilentThen = heartbeat.heard(at: start + .seconds(9))
        #expect(wasSilentThen)
        #expect(!heartbeat.isSilent)
        let step = heartbeat.step(at: start + .seconds(10))
        #expect(step == .ask)
    }

    @Test func `a manager that was stopped itself begins with a question, not with a verdict`() {
        var heartbeat = WorkerHeartbeat(at: start)
        let step = heartbeat.step(at: start + .seconds(100))
        #expect(step == .ask)
    }
}
