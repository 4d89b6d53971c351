internal import QueueClient
internal import Wire

/// How the command ended, as the exit code tells scripts. Codes up to 5 are those of bluesky-queueserver's `qserver`.
enum QServerExitCode: Int32, Sendable, CaseIterable {
    /// Done.
    case success = 0
    /// A word of the command line is wrong; nothing was sent.
    case badParameters = 1
    /// The manager refused the request, or an option is wrong.
    case requestFailed = 2
    /// The manager did not answer.
    case communicationError = 3
    /// Something unexpected happened.
    case exception = 4
    /// The request was accepted, but what it started did not succeed.
    case operationFailed = 5
    /// The plan was stopped.
    case stopped = 6
    /// The plan was aborted or halted.
    case aborted = 7
    /// The plan is paused.
    case paused = 8
    /// The item was removed from the queue before it ran.
    case removed = 9
    /// What was waited for did not come in time. The code is that of `timeout`.
    case timedOut = 124
    /// Ctrl-C, with the code that shells give.
    case interrupted = 130
}

/// Why a command failed.
struct CommandFailure: Error, Hashable {
    let status: QServerExitCode
    let message: String
    /// What `--json` prints.
    let document: JSONObject

    init(status: QServerExitCode, message: String, document: JSONObject? = nil) {
        self.status = status
        self.message = message
        self.document = document ?? ["success": false, "msg": .string(message)]
    }

    static func parameters(_ message: String) -> CommandFailure {
        CommandFailure(status: .badParameters, message: message)
    }

    /// What the manager would refuse.
    static func refusal(_ message: String) -> CommandFailure {
        CommandFailure(status: .requestFailed, message: message)
    }

    static func operation(_ message: String) -> CommandFailure {
        CommandFailure(status: .operationFailed, message: message)
    }

    /// The manager's refusal.
    init(refusedBy reply: JSONObject) {
        let message = reply["msg"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? "the manager gave no reason"
        self.init(status: .requestFailed, message: message, document: reply)
    }

    /// The failure that stands for any error.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case QueueClientError.refused(_, _, let reply): self.init(refusedBy: reply)
        case let error as QueueClientError: self.init(status: error.exitStatus, message: error.description)
        default: self.init(status: .exception, message: "\(error)")
        }
    }
}

extension QueueClientError {
    var exitStatus: QServerExitCode {
        switch self {
        case .noManager, .noHandshake, .noAnswer, .connectionLost, .badReply: .communicationError
        case .refused: .requestFailed
        case .badPublicKey, .badSecretFile, .badAddress, .badEncoding, .badInfoEncryption: .badParameters
        case .waitTimedOut: .timedOut
        case .environmentNotOpen: .operationFailed
        }
    }
}
