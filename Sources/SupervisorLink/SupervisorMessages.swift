import Wire

/// What the manager asks of its supervisor.
public enum SupervisorRequest: Sendable, Equatable {
    /// Start a worker, unless one runs.
    case startWorker
    /// End the worker at once (SIGKILL).
    case killWorker
    /// Let the worker clean up and end (SIGTERM), or end it after five seconds.
    case endWorker
    /// The manager is alive.
    case beat
    /// The manager is done on purpose: do not start another one.
    case stop
}

/// What the supervisor tells the manager.
public enum SupervisorNotice: Sendable, Equatable {
    /// A worker runs: sent when it has been started, and to each new manager when there is one.
    case workerRuns(WorkerProcess)
    /// No worker runs: sent to each new manager when there is none.
    case noWorker
    /// The worker of this process id has ended.
    case workerExited(pid: Int, WorkerExit)
    /// The worker could not be started.
    case workerNotStarted(reason: String)
    /// Stop in order: the supervisor was told to end.
    case shutDown
}

/// A running worker.
public struct WorkerProcess: Sendable, Equatable {
    /// Its process id.
    public let pid: Int
    /// The address of its end of the worker link.
    public let endpoint: String

    /// A worker with this process id and link address.
    public init(pid: Int, endpoint: String) {
        self.pid = pid
        self.endpoint = endpoint
    }
}

/// How a worker ended.
public struct WorkerExit: Sendable, Equatable {
    /// The exit code, if it ended by itself.
    public let code: Int?
    /// The signal, if one ended it.
    public let signal: Int?
    /// The last lines it wrote to standard error.
    public var output: String
    /// Whether the kernel has ended a process for want of memory while the worker ran.
    public let memoryRanOut: Bool

    /// An end by exit code or by signal.
    public init(code: Int? = nil, signal: Int? = nil, output: String = "", memoryRanOut: Bool = false) {
        self.code = code
        self.signal = signal
        self.output = output
        self.memoryRanOut = memoryRanOut
    }

    /// Whether it ended by itself with code 0.
    public var isClean: Bool { code == 0 }

    /// For example `it was killed by signal 9 (SIGKILL)` or `it exited with code 70`.
    public var description: String {
        if let signal {
            let name = WorkerExit.signalNames[signal].map { " (\($0))" } ?? ""
            let reason = memoryRanOut && signal == 9 ? ", at a time when the machine ran out of memory" : ""
            return "it was killed by signal \(signal)\(name)\(reason)"
        }
        if let code { return "it exited with code \(code)" }
        return "it ended in an unknown way"
    }

    /// The signals that end processes in practice.
    private static let signalNames = [
        1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
        9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ",
        31: "SIGSYS",
    ]
}

// MARK: Wire form

extension SupervisorRequest {
    /// The request as a line of JSON.
    public var encoded: [UInt8] {
        let name =
            switch self {
            case .startWorker: "start_worker"
            case .killWorker: "kill_worker"
            case .endWorker: "end_worker"
            case .beat: "beat"
            case .stop: "stop"
            }
        return JSONValue.object(["request": .string(name)]).encoded
    }

    /// Reads a line; nil if it is no request.
    public init?(encoded: [UInt8]) {
        switch (try? JSONValue(parsing: encoded))?["request"]?.string {
        case "start_worker": self = .startWorker
        case "kill_worker": self = .killWorker
        case "end_worker": self = .endWorker
        case "beat": self = .beat
        case "stop": self = .stop
        default: return nil
        }
    }
}

extension SupervisorNotice {
    /// The notice as a line of JSON.
    public var encoded: [UInt8] {
        let members: JSONObject =
            switch self {
            case .workerRuns(let worker):
                ["notice": "worker_runs", "pid": .integer(worker.pid), "endpoint": .string(worker.endpoint)]
            case .workerExited(let pid, let exit):
                [
                    "notice": "worker_exited", "pid": .integer(pid), "code": JSONValue(exit.code),
                    "signal": JSONValue(exit.signal), "output": .string(exit.output),
                    "memory_ran_out": .bool(exit.memoryRanOut),
                ]
            case .noWorker: ["notice": "no_worker"]
            case .workerNotStarted(let reason): ["notice": "worker_not_started", "reason": .string(reason)]
            case .shutDown: ["notice": "shut_down"]
            }
        return members.encoded
    }

    /// Reads a line; nil if it is no notice.
    public init?(encoded: [UInt8]) {
        guard let message = try? JSONValue(parsing: encoded) else { return nil }
        switch message["notice"]?.string {
        case "worker_runs":
            guard let pid = message["pid"]?.integer, let endpoint = message["endpoint"]?.string else { return nil }
            self = .workerRuns(WorkerProcess(pid: pid, endpoint: endpoint))
        case "no_worker": self = .noWorker
        case "worker_exited":
            guard let pid = message["pid"]?.integer else { return nil }
            let exit = WorkerExit(
                code: message["code"]?.integer,
                signal: message["signal"]?.integer,
                output: message["output"]?.string ?? "",
                memoryRanOut: message["memory_ran_out"]?.bool ?? false
            )
            self = .workerExited(pid: pid, exit)
        case "worker_not_started": self = .workerNotStarted(reason: message["reason"]?.string ?? "")
        case "shut_down": self = .shutDown
        default: return nil
        }
    }
}
