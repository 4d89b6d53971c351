import Testing

@testable import RunEngine

/// The table of states and requests.
struct LifecycleTests {
    enum Request: CaseIterable, Sendable {
        case run, pause, deferredPause, resume, stop, abort, halt, suspend, panic
    }

    private func lifecycle(in state: EngineState) -> Lifecycle {
        var lifecycle = Lifecycle()
        if state != .idle { try? lifecycle.begin() }
        switch state {
        case .pausing: try? lifecycle.requestPause(deferred: false)
        case .paused:
            try? lifecycle.requestPause(deferred: false)
            _ = lifecycle.pauseTaken()
        case .suspending: try? lifecycle.requestSuspension()
        case .stopping: try? lifecycle.requestEnd(.stop)
        case .aborting: try? lifecycle.requestEnd(.abort)
        case .halting: try? lifecycle.requestEnd(.halt)
        case .panicked: lifecycle.panic()
        default: break
        }
        return lifecycle
    }

    private func send(_ request: Request, to lifecycle: inout Lifecycle) throws {
        switch request {
        case .pause: try lifecycle.requestPause(deferred: false)
        case .deferredPause: try lifecycle.requestPause(deferred: true)
        case .resume: try lifecycle.requestResume()
        case .stop: try lifecycle.requestEnd(.stop)
        case .abort: try lifecycle.requestEnd(.abort)
        case .halt: try lifecycle.requestEnd(.halt)
        case .run: try lifecycle.begin()
        case .suspend: try lifecycle.requestSuspension()
        case .panic: lifecycle.panic()
        }
    }

    /// The requests that a state allows, and the state to which each leads at once.
    private func allowed(in state: EngineState) -> [Request: EngineState] {
        switch state {
        case .idle: [.run: .running, .panic: .panicked]
        case .running:
            [
                .pause: .pausing, .deferredPause: .running, .stop: .stopping, .abort: .aborting, .halt: .halting,
                .suspend: .suspending, .panic: .panicked,
            ]
        case .pausing, .suspending: [.abort: .aborting, .halt: .halting, .panic: .panicked]
        // It is running when its devices are ready.
        case .paused: [.resume: .paused, .stop: .stopping, .abort: .aborting, .halt: .halting, .panic: .panicked]
        // Not in bluesky: there would be no way out of a clean-up that does not end.
        case .stopping, .aborting: [.halt: .halting, .panic: .panicked]
        case .halting: [.panic: .panicked]
        // It stays so, whatever is asked.
        case .panicked: [.panic: .panicked]
        }
    }

    private func refusal(of request: Request, in state: EngineState) -> String {
        let name = state.rawValue
        switch request {
        case .suspend: return "Cannot transit from '\(name)' to 'suspending'."
        case _ where state == .panicked: return "The RunEngine is panicked and cannot be recovered."
        case .run: return "The RunEngine is in a \(name) state"
        case .pause, .deferredPause: return "Run Engine is in '\(name)' state and can not be paused."
        case .resume: return "The RunEngine is the \(name) state. You can only resume for the paused state."
        case _ where state == .idle: return "RunEngine is already idle."
        case .stop: return "Cannot transit from '\(name)' to 'stopping'."
        case .abort: return "Cannot transit from '\(name)' to 'aborting'."
        case .halt: return "Cannot transit from '\(name)' to 'halting'."
        case .panic: return ""
        }
    }

    @Test(arguments: EngineState.allCases, Request.allCases)
    func `Each state takes the requests that it allows, and says why it refuses the others`(
        _ state: EngineState,
        _ request: Request
    ) {
        var lifecycle = lifecycle(in: state)
        #expect(lifecycle.state == state)
        do {
            try send(request, to: &lifecycle)
            #expect(lifecycle.state == allowed(in: state)[request])
        } catch {
            #expect(allowed(in: state)[request] == nil)
            #expect("\(error)".hasPrefix(refusal(of: request, in: state)), "\(error)")
            #expect(lifecycle.state == state)
        }
    }

    @Test func `States follow one another as they may`() {
        let legal: [EngineState: Set<EngineState>] = [
            .idle: [.running, .panicked],
            .running: [.idle, .pausing, .halting, .stopping, .aborting, .suspending, .panicked],
            .pausing: [.paused, .idle, .halting, .aborting, .panicked],
            .suspending: [.running, .halting, .aborting, .panicked],
            .paused: [.idle, .running, .halting, .stopping, .aborting, .panicked],
            .halting: [.idle, .panicked], .stopping: [.idle, .halting, .panicked],
            .aborting: [.idle, .halting, .panicked], .panicked: [],
        ]
        for state in EngineState.allCases {
            for next in EngineState.allCases {
                #expect(state.allows(next) == (legal[state]?.contains(next) ?? false))
            }
        }
    }

    /// Every event that can befall the life cycle.
    private static let events: [@Sendable (inout Lifecycle) -> Void] = [
        { try? $0.begin() }, { $0.finish() }, { $0.panic() }, { try? $0.requestPause(deferred: false) },
        { try? $0.requestPause(deferred: true) }, { try? $0.requestResume() }, { try? $0.requestSuspension() },
        { try? $0.requestEnd(.stop) }, { try? $0.requestEnd(.abort) }, { try? $0.requestEnd(.halt) },
        { _ = $0.takeDuty() }, { _ = $0.pauseTaken() }, { $0.pauseFailed() }, { _ = $0.resumeTaken() },
        { $0.resumeFailed() }, { $0.suspensionTaken() }, { $0.suspensionFailed() },
    ]

    @Test func `Whatever happens in whatever order, only legal transitions come about, and all of them do`() {
        var seen: Set<StateChange> = []
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            var lifecycle = Lifecycle()
            for _ in 0..<40 {
                let before = lifecycle.state
                Self.events.randomElement(using: &generator)?(&lifecycle)
                var state = before
                while let change = lifecycle.takeChange() {
                    #expect(change.old == state)
                    #expect(change.old.allows(change.new))
                    state = change.new
                    seen.insert(change)
                }
                #expect(state == lifecycle.state)
            }
        }
        let legal = EngineState.allCases.flatMap { old in
            EngineState.allCases.filter { old.allows($0) }.map { StateChange(new: $0, old: old) }
        }
        #expect(Set(legal).subtracting(seen) == [])
        #expect(seen.subtracting(legal) == [])
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
}
