internal import CLinux
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// A program that the supervisor has started.
///
/// It is signalled through its process descriptor, which stands for this process alone even when its number has been
/// given to another one.
final class ChildProcess: Sendable {
    /// How a program ended.
    enum End: Sendable {
        case exited(Int)
        case signalled(Int)
        case notStarted(String)

        var description: String {
            switch self {
            case .exited(let code): "it exited with code \(code)"
            case .signalled(let signal): "it was killed by signal \(signal)"
            case .notStarted(let reason): "it could not be started: \(reason)"
            }
        }
    }

    let pid: Int
    private let descriptor: Int32

    private init(pid: Int) {
        self.pid = pid
        descriptor = clinux_pidfd_open(pid_t(pid))
    }

    deinit { close(descriptor) }

    func send(signal: Int32) { _ = clinux_pidfd_send_signal(descriptor, signal) }

    /// Starts a program and returns when it has ended.
    ///
    /// - Parameters:
    ///   - path: The executable.
    ///   - arguments: Its arguments.
    ///   - input: What becomes its standard input and is closed here; by default it has none.
    ///   - errorPath: The file for its standard error; by default it shares the supervisor's.
    ///   - onStart: Called when it runs.
    static func run(
        _ path: String,
        arguments: [String],
        input: Int32? = nil,
        errorPath: String? = nil,
        onStart: @escaping @Sendable (ChildProcess) -> Void
    ) async -> End {
        do {
            let input = try input.map { FileDescriptor(rawValue: $0) } ?? FileDescriptor.open("/dev/null", .readOnly)
            let error = try errorPath.map {
                try FileDescriptor.open(
                    FilePath($0),
                    .writeOnly,
                    options: [.create, .truncate, .closeOnExec],
                    permissions: [.ownerRead, .ownerWrite]
                )
            }
            let result = try await Subprocess.run(
                .path(FilePath(path)),
                arguments: Arguments(arguments),
                input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                output: .currentStandardOutput,
                error: .fileDescriptor(
                    error ?? FileDescriptor.standardError,
                    closeAfterSpawningProcess: error != nil
                )
            ) { execution in
                onStart(ChildProcess(pid: Int(execution.processIdentifier.value)))
            }
            return switch result.terminationStatus {
            case .exited(let code): .exited(Int(code))
            case .signaled(let signal): .signalled(Int(signal))
            }
        } catch {
            return .notStarted("'\(path)': \(error)")
        }
    }
}
