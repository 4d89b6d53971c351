internal import Wire

/// One piece of console output, which need not be a whole line.
public struct ConsolePiece: Sendable, Hashable {
    /// When it was written, in seconds since 1970.
    public let time: Double
    /// The text, with what moves the cursor of a terminal.
    public let text: String
}

extension Request {
    package static func consoleOutput(lines: Int) -> Request { Request("console_output", ["nlines": .integer(lines)]) }
    package static let consoleOutputUID = Request("console_output_uid")
    package static func consoleOutputUpdate(after uid: String) -> Request {
        Request("console_output_update", ["last_msg_uid": .string(uid)])
    }
}

extension QueueClient {
    /// The last lines of the console as a terminal would show them. A bluesky-queueserver refuses this.
    public func consoleOutput(lines: Int = 200) async throws -> String {
        try await perform(.consoleOutput(lines: lines))["text"]?.string ?? ""
    }

    /// Where the console output has come to, for ``consoleOutputUpdate(after:)``. A bluesky-queueserver refuses this.
    public func consoleOutputUID() async throws -> String {
        try await perform(.consoleOutputUID)["console_output_uid"]?.string ?? ""
    }

    /// The console output since that of `uid`, and its own identifier for the next call. A bluesky-queueserver refuses
    /// this.
    ///
    /// - Parameter uid: From the last call or from ``consoleOutputUID()``; `ALL` for all that is kept.
    public func consoleOutputUpdate(after uid: String) async throws -> (pieces: [ConsolePiece], uid: String) {
        let reply = try await perform(.consoleOutputUpdate(after: uid))
        let pieces = reply["console_output_msgs"]?.array?.map { message in
            ConsolePiece(time: message["time"]?.number ?? 0, text: message["msg"]?.string ?? "")
        }
        return (pieces ?? [], reply["last_msg_uid"]?.string ?? uid)
    }
}
