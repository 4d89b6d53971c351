internal import SupervisorLink

/// How a program ended.
enum ProcessEnd: Sendable, Equatable {
    case exited(Int)
    case signalled(Int)
    /// It was the child of another process, and the kernel does not tell.
    case unknown

    /// The end as `wait` tells it.
    init(waitStatus status: Int32) {
        let signal = Int(status & 0x7F)
        self = signal == 0 ? .exited(Int(status >> 8) & 0xFF) : .signalled(signal)
    }

    /// The exit code, if it ended by itself.
    var code: Int? { if case .exited(let code) = self { code } else { nil } }

    /// The signal, if one ended it.
    var signal: Int? { if case .signalled(let signal) = self { signal } else { nil } }

    var description: String { WorkerExit(code: code, signal: signal).description }
}
