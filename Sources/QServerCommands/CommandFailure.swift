internal import QueueClient

/// How the command ended, as the exit code tells scripts. The codes are those of bluesky-queueserver's `qserver`.
enum QServerExitCode: Int32, Sendable {
    /// Done.
    case success = 0
    /// The command line is wrong; nothing was sent.
    case badParameters = 1
    /// The manager refused the request.
    case requestFailed = 2
    /// The manager did not answer.
    case communicationError = 3
    /// Something unexpected happened.
    case exception = 4
    /// The request was accepted, but what it started did not succeed.
    case operationFailed = 5
}

/// Why a command failed.
struct CommandFailure: Error, Hashable {
    let status: QServerExitCode
    let message: String

    static func parameters(_ message: String) -> CommandFailure {
        CommandFailure(status: .badParameters, message: message)
    }

    static func operation(_ message: String) -> CommandFailure {
        CommandFailure(status: .operationFailed, message: message)
    }

    /// The failure that stands for any error.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as QueueClientError: self.init(status: error.exitStatus, message: error.description)
        default: self.init(status: .exception, message: "\(error)")
        }
    }

    init(status: QServerExitCode, message: String) {
        self.status = status
        self.message = message
    }
}

extension QueueClientError {
    var exitStatus: QServerExitCode {
        switch self {
        case .noManager, .noHandshake, .noAnswer, .connectionLost, .badReply: .communicationError
        case .refused: .requestFailed
        case .badPublicKey, .badAddress: .badParameters
        case .waitTimedOut, .environmentNotOpen: .operationFailed
        }
    }
}
