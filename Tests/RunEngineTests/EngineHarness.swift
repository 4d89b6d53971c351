import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Wire

/// An engine whose states and documents are kept, and a call of it that goes on in a task of its own.
struct EngineHarness: Sendable {
    let engine: RunEngine
    let states = Log<EngineState>()
    let documents = DocumentCollector()
    let reports = Log<String>()

    init(metadata: JSONObject = [:], configure: (inout EngineConfiguration) -> Void = { _ in }) {
        var configuration = EngineConfiguration()
        configuration.onStateChange = { [states] new, _ in states.append(new) }
        configuration.report = { [reports] in reports.append($0) }
        configure(&configuration)
        engine = RunEngine(metadata: metadata, configuration: configuration)
    }

    /// Starts a plan.
    func start(_ body: @escaping @Sendable (PlanContext) async throws -> Void) -> Task<RunOutcome, any Error> {
        let plan = Plan("test", body: body)
        return Task { [engine, documents] in try await engine.run(plan, sinks: [documents]) }
    }

    /// Carries a plan out.
    func run(_ body: @escaping @Sendable (PlanContext) async throws -> Void) async throws -> RunOutcome {
        try await start(body).value
    }

    /// Carries a plan out until it is paused.
    func pause(_ body: @escaping @Sendable (PlanContext) async throws -> Void) async -> Task<RunOutcome, any Error> {
        let call = start(body)
        await states.contains(.paused)
        return call
    }

    /// The states since the beginning, as `running>idle`.
    var stateHistory: String { states.elements.map(\.rawValue).joined(separator: ">") }
}

extension RunOutcome.Ending {
    /// The ending as a word.
    var word: String {
        switch self {
        case .completed: "completed"
        case .stopped: "stopped"
        case .aborted: "aborted"
        case .halted: "halted"
        case .failed: "failed"
        }
    }
}
