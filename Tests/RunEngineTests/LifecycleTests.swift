import Testing

@testable import RunEngine

/// The table of states and requests.
struct LifecycleTests {
    enum Request: CaseIterable {
        case pause, deferredPause, resume, stop, abort, halt, run
    }

    private func lifecycle(in state: EngineState) -> Lifecycle {
        var lifecycle = Lifecycle()
        if state != .idle { try? lifecycle.begin() }
        switch state {
        case .pausing: try? lifecycle.requestPause(deferred: false)
        case .paused:
            try? lifecycle.requestPause(deferred: false)
            _ = lifecycle.pauseTaken()
        case .stopping: try? lifecycle.requestEnd(.stop)
        case .aborting: try? lifecycle.requestEnd(.abort)
        case .halting: try? lifecycle.requestEnd(.halt)
        case .panicked: lifecycle.panic()
        default: break
        }
        return lifecycle
    }

    private func isAccepted(_ request: Request, in state: EngineState) -> Bool {
        var lifecycle = lifecycle(in: state)
        #expect(lifecycle.state == state)
        do {
            switch request {
            case .pause: try lifecycle.requestPause(deferred: false)
            case .deferredPause: try lifecycle.requestPause(deferred: true)
            case .resume: try lifecycle.requestResume()
            case .stop: try lifecycle.requestEnd(.stop)
            case .abort: try lifecycle.requestEnd(.abort)
            case .halt: try lifecycle.requestEnd(.halt)
            case .run: _ = try lifecycle.begin()
            }
            return true
        } catch {
            #expect(lifecycle.state == state)
            return false
        }
    }

    @Test(arguments: EngineState.allCases.filter { $0 != .suspending })
    func `Each state takes the requests that it allows`(_ state: EngineState) {
        let allowed: [Request] =
            switch state {
            case .idle: [.run]
            case .running: [.pause, .deferredPause, .stop, .abort, .halt]
            case .pausing: [.abort, .halt]
            case .paused: [.resume, .stop, .abort, .halt]
            default: []
            }
        for request in Request.allCases {
            #expect(isAccepted(request, in: state) == allowed.contains(request), "\(request) in \(state)")
        }
    }

    @Test func `States follow one another as they may`() {
        let legal: [EngineState: Set<EngineState>] = [
            .idle: [.running, .panicked],
            .running: [.idle, .pausing, .halting, .stopping, .aborting, .suspending, .panicked],
            .pausing: [.paused, .idle, .halting, .aborting, .panicked],
            .suspending: [.running, .halting, .aborting, .panicked],
            .paused: [.idle, .running, .halting, .stopping, .aborting, .panicked],
            .halting: [.idle, .panicked], .stopping: [.idle, .panicked], .aborting: [.idle, .panicked], .panicked: [],
        ]
        for state in EngineState.allCases {
            for next in EngineState.allCases {
                #expect(state.allows(next) == (legal[state]?.contains(next) ?? false))
            }
        }
    }

    @Test func `A deferred pause is forgotten when the pause comes and when the next call begins`() throws {
        var lifecycle = lifecycle(in: .running)
        try lifecycle.requestPause(deferred: true)
        #expect(lifecycle.isDeferredPauseRequested)
        lifecycle.finish()
        #expect(lifecycle.isDeferredPauseRequested)
        try lifecycle.begin()
        #expect(!lifecycle.isDeferredPauseRequested)
        try lifecycle.requestPause(deferred: true)
        try lifecycle.requestPause(deferred: false)
        #expect(!lifecycle.isDeferredPauseRequested)
    }

    @Test func `An end is told once, but a halt every time`() throws {
        var stopped = lifecycle(in: .stopping)
        #expect(stopped.takeDuty() != nil)
        #expect(stopped.takeDuty() == nil)
        var halted = lifecycle(in: .halting)
        for _ in 1...3 { #expect(halted.takeDuty() != nil) }
    }

    @Test func `A second resume is refused until the first one failed`() throws {
        var lifecycle = lifecycle(in: .paused)
        try lifecycle.requestResume()
        #expect(throws: TransitionError.self) { try lifecycle.requestResume() }
        lifecycle.resumeFailed()
        #expect(throws: Never.self) { try lifecycle.requestResume() }
    }

    @Test func `Refusals say what clients know`() throws {
        func text(_ body: () throws -> Void) -> String {
            do { try body() } catch { return "\(error)" }
            return ""
        }
        var idle = lifecycle(in: .idle)
        #expect(
            text { try idle.requestPause(deferred: false) } == "Run Engine is in 'idle' state and can not be paused."
        )
        #expect(
            text { try idle.requestResume() }
                == "The RunEngine is the idle state. You can only resume for the paused state."
        )
        #expect(text { try idle.requestEnd(.stop) } == "RunEngine is already idle.")
        var paused = lifecycle(in: .paused)
        #expect(text { try paused.begin() } == "The RunEngine is in a paused state")
        var pausing = lifecycle(in: .pausing)
        #expect(text { try pausing.requestEnd(.stop) } == "Cannot transit from 'pausing' to 'stopping'.")
    }
}
