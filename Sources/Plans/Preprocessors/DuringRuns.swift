public import EventModel
public import RunEngine

/// What goes on beside a plan while it has a run open.
extension PlanContext {
    /// Does `body`, and monitors these signals during each of its runs, in streams called `<signal>_monitor`.
    public func withMonitors<Result>(
        _ signals: [any Subscribable],
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        try await duringRuns(body) { context in
            for signal in signals { try await context.monitor(signal, stream: "\(signal.name)_monitor") }
        } before: { context in
            for signal in signals { try await context.unmonitor(signal) }
        }
    }

    /// Does `body`, and lets these flyers fly during each of its runs.
    public func withFlyers<Result>(
        _ flyers: [any Flyable],
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        if flyers.isEmpty { return try await body(self) }
        let (kickoff, complete) = (shortUID("flyers-kickoff"), shortUID("flyers-complete"))
        return try await duringRuns(body) { context in
            for flyer in flyers { try await context.kickoff(flyer, group: kickoff) }
            try await context.wait(kickoff)
        } before: { context in
            for flyer in flyers { try await context.complete(flyer, group: complete) }
            try await context.wait(complete)
            for case let flyer as any Collectable in flyers { try await context.collect(flyer) }
        }
    }

    /// Does `body` with something after each run is opened and something before it is closed.
    func duringRuns<Result>(
        _ body: (PlanContext) async throws -> Result,
        after begin: @escaping (PlanContext) async throws -> Void,
        before end: @escaping (PlanContext) async throws -> Void
    ) async throws -> Result {
        let context = FilteringContext(self) { message, next in
            switch message.command {
            case .openRun:
                let response = try await next.send(message)
                try await next.keyed(message.run, begin)
                return response
            case .closeRun:
                try await next.keyed(message.run, end)
                return try await next.send(message)
            default: return try await next.send(message)
            }
        }
        return try await body(context)
    }

    /// Does `body`, and hands the documents of a kind, or of all kinds, to a sink meanwhile.
    public func withSubscription<Result>(
        _ sink: any DocumentSink,
        to name: DocumentName? = nil,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let token = try await subscribe(sink, to: name)
        return try await finalize(body) {
            if let token { try await unsubscribe(token) }
        }
    }

    /// Does `body` while these suspenders can hold it.
    public func withSuspenders<Result>(
        _ suspenders: [Suspender],
        _ body: () async throws -> Result
    ) async throws -> Result {
        try await finalize {
            for suspender in suspenders { try await installSuspender(suspender) }
            return try await body()
        } final: {
            for suspender in suspenders { try await removeSuspender(suspender) }
        }
    }
}

/// What is recorded beside every run: a baseline, monitored signals, flyers. Give ``preprocessor`` to the engine.
public struct SupplementalData: Sendable {
    /// Read at the beginning and at the end of each run.
    public var baseline: [any Readable]
    /// Monitored during each run.
    public var monitors: [any Subscribable]
    /// Fly during each run.
    public var flyers: [any Flyable]

    /// These devices.
    public init(
        baseline: [any Readable] = [],
        monitors: [any Subscribable] = [],
        flyers: [any Flyable] = []
    ) {
        self.baseline = baseline
        self.monitors = monitors
        self.flyers = flyers
    }

    /// For `EngineConfiguration.preprocessors`. After a run is opened the baseline is read, then signals are monitored,
    /// then flyers are kicked off; before it is closed, the other way round.
    public var preprocessor: @Sendable (Plan) -> Plan {
        { plan in
            plan.preprocessed { context, plan in
                try await context.withBaseline(baseline) { context in
                    try await context.withMonitors(monitors) { context in
                        try await context.withFlyers(flyers) { context in try await plan(context) }
                    }
                }
            }
        }
    }
}
