import FakeManager
import Synchronization

@testable import QServerCommands

/// A text that grows.
final class Written: Sendable {
    private let text = Mutex("")
    var value: String { text.withLock { $0 } }

    func output(_ display: Display = Display()) -> Output {
        Output(display: display) { [self] part in text.withLock { $0 += part } }
    }
}

/// How a command line ended and what it wrote.
struct Ending: Sendable, Hashable {
    let status: QServerExitCode
    let output: String
    let errors: String
}

/// Runs a command line as the tool does.
func run(
    _ words: [String],
    manager: FakeManager? = nil,
    environment: [String: String] = [:],
    display: Display = Display(),
    interruptions: @escaping @Sendable () -> AsyncStream<Void> = { AsyncStream { _ in } }
) async -> Ending {
    let output = Written()
    let errors = Written()
    var environment = environment
    if let manager {
        environment["QSERVER_ZMQ_CONTROL_ADDRESS"] = manager.controlAddress
        environment["QSERVER_ZMQ_INFO_ADDRESS"] = manager.infoAddress
    }
    let status = await Program.qserver.run(
        words,
        environment: environment,
        output: output.output(display),
        errors: errors.output(),
        interruptions: interruptions
    )
    return Ending(status: status, output: output.value, errors: errors.value)
}
