import Testing

@testable import RunEngine

/// The table of states and requests.
struct LifecycleTests {
    enum Request: CaseIterable, Sendable {
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
        case .suspending: try? lifecycle.requestSuspension()
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
            try send(request, to: &lifecycle)
            return true
        } catch {
            #expect(lifecycle.state == state)
            return false
        }
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
        }
    }

    @Test(arguments: EngineState.allCases)
    func `Each state takes the requests that it allows`(_ state: EngineState) {
        let allowed: [Request] =
            switch state {
            case .idle: [.run]
            case .running: [.pause, .deferredPause, .stop, .abort, .halt]
            case .pausing, .suspending: [.abort, .halt]
            case .paused: [.resume, .stop, .abort, .halt]
            // Not in bluesky: there would be no way out of a clean-up that does not end.
            case .stopping, .aborting: [.halt]
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
        for _ in 0..<3000 {
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

    @Test(
        arguments: [
            (.idle, .pause, "Run Engine is in 'idle' state and can not be paused."),
            (.idle, .resume, "The RunEngine is the idle state. You can only resume for the paused state."),
            (.idle, .stop, "RunEngine is already idle."), (.idle, .abort, "RunEngine is already idle."),
            (.idle, .halt, "RunEngine is already idle."), (.running, .run, "The RunEngine is in a running state"),
            (.running, .resume, "The RunEngine is the running state. You can only resume for the paused state."),
            (.pausing, .pause, "Run Engine is in 'pausing' state and can not be paused."),
            (.pausing, .deferredPause, "Run Engine is in 'pausing' state and can not be paused."),
            (.pausing, .stop, "Cannot transit from 'pausing' to 'stopping'."),
            (.pausing, .run, "The RunEngine is in a pausing state"),
            (.paused, .pause, "Run Engine is in 'paused' state and can not be paused."),
            (.paused, .run, "The RunEngine is in a paused state"),
            (.stopping, .stop, "Cannot transit from 'stopping' to 'stopping'."),
            (.stopping, .abort, "Cannot transit from 'stopping' to 'aborting'."),
            (.halting, .halt, "Cannot transit from 'halting' to 'halting'."),
            (.halting, .pause, "Run Engine is in 'halting' state and can not be paused."),
            (.suspending, .pause, "Run Engine is in 'suspending' state and can not be paused."),
            (.suspending, .stop, "Cannot transit from 'suspending' to 'stopping'."),
            (.suspending, .resume, "The RunEngine is the suspending state. You can only resume for the paused state."),
            (.panicked, .run, "The RunEngine is panicked and cannot be recovered."),
            (.panicked, .pause, "The RunEngine is panicked and cannot be recovered."),
            (.panicked, .halt, "The RunEngine is panicked and cannot be recovered."),
        ] as [(EngineState, Request, String)]
    )
    func `A request that is refused changes nothing and says why`(
        _ state: EngineState,
        _ request: Request,
        _ text: String
    ) {
        var lifecycle = lifecycle(in: state)
        do {
            try send(request, to: &lifecycle)
            Issue.record("It was accepted")
        } catch {
            #expect("\(error)".hasPrefix(text), "\(error)")
        }
        #expect(lifecycle.state == state)
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
