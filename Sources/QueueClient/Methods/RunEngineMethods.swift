public import Wire

/// When a plan pauses.
public enum PauseOption: String, Sendable, CaseIterable {
    /// At the plan's next checkpoint.
    case deferred
    /// At once; on resuming, the plan goes back to its last checkpoint.
    case immediate
}

/// Which runs of the current plan are meant.
public enum RunSelection: String, Sendable, CaseIterable {
    /// All of them.
    case active
    /// Those that are not complete.
    case open
    /// Those that are complete.
    case closed
}

/// A run of the current plan.
public struct RunSummary: Sendable, Hashable {
    /// The run's identifier.
    public let uid: String
    /// The run's number.
    public let scanID: Int?
    /// Whether the run is not complete.
    public let isOpen: Bool
    /// How the run ended; nil while it is open.
    public let exitStatus: String?

    /// A run as the API describes it.
    public init(_ raw: JSONObject) {
        uid = raw["uid"]?.string ?? ""
        scanID = raw["scan_id"]?.integer
        isOpen = raw["is_open"]?.bool ?? false
        exitStatus = raw["exit_status"]?.string
    }
}

extension Request {
    package static func rePause(_ option: PauseOption = .deferred) -> Request {
        Request("re_pause", ["option": .string(option.rawValue)])
    }

    package static let reResume = Request("re_resume")
    package static let reStop = Request("re_stop")
    package static let reAbort = Request("re_abort")
    package static let reHalt = Request("re_halt")
    package static let reMetadata = Request("re_metadata")
    package static let reSuspensions = Request("re_suspensions")

    package static func reRuns(_ selection: RunSelection? = nil) -> Request {
        Request("re_runs", selection.map { ["option": .string($0.rawValue)] } ?? [:])
    }

    package static func kernelInterrupt(task: Bool = false, plan: Bool = false) -> Request {
        var request = Request("kernel_interrupt")
        if task { request.parameters["interrupt_task"] = true }
        if plan { request.parameters["interrupt_plan"] = true }
        return request
    }
}

extension QueueClient {
    /// Lets the running plan pause.
    public func rePause(_ option: PauseOption = .deferred) async throws { try await perform(.rePause(option)) }

    /// Lets the paused plan go on.
    public func reResume() async throws { try await perform(.reResume) }

    /// Ends the paused plan as a success; its clean-up runs.
    public func reStop() async throws { try await perform(.reStop) }

    /// Ends the paused plan as aborted; its clean-up runs.
    public func reAbort() async throws { try await perform(.reAbort) }

    /// Ends the paused plan without its clean-up.
    public func reHalt() async throws { try await perform(.reHalt) }

    /// The runs of the current plan.
    public func reRuns(_ selection: RunSelection = .active) async throws -> [RunSummary] {
        try await perform(.reRuns(selection))["run_list"]?.array?.compactMap(\.object).map(RunSummary.init) ?? []
    }

    /// The metadata that the run engine adds to each run.
    public func reMetadata() async throws -> JSONObject { try await perform(.reMetadata)["re_metadata"]?.object ?? [:] }

    /// What holds plans at present, a sentence for each suspender. Nothing where the manager does not know the method,
    /// as bluesky-queueserver's.
    public func reSuspensions() async throws -> [String] {
        do {
            return try await perform(.reSuspensions)["suspensions"]?.array?.compactMap(\.string) ?? []
        } catch QueueClientError.refused {
            return []
        }
    }

    /// Sends an interrupt (Ctrl-C) to the IPython kernel of the environment.
    ///
    /// - Parameters:
    ///   - task: Whether a running task may be interrupted.
    ///   - plan: Whether a running plan may be interrupted.
    public func kernelInterrupt(task: Bool = false, plan: Bool = false) async throws {
        try await perform(.kernelInterrupt(task: task, plan: plan))
    }
}
