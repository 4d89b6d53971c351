internal import Wire

/// A message of the manager's publishing socket.
public enum ManagerMessage: Sendable, Hashable {
    /// What the manager or the environment wrote to its console at a time in seconds since 1970. One message is one
    /// write, which need not be a whole line; ``QueueClient/consoleLines(keepingNewest:)`` makes lines of them.
    case console(time: Double, text: String)
    /// The manager's status at a time in seconds since 1970.
    case status(time: Double, ManagerStatus)
    /// How far the devices are that the running plan waits for, at a time in seconds since 1970.
    case progress(time: Double, PlanProgress)

    /// Which messages to receive.
    public enum Topic: String, Sendable, CaseIterable {
        case console = "QS_Console"
        /// ``ManagerMessage/status(time:_:)`` and ``ManagerMessage/progress(time:_:)``.
        case status = "QS_Info"
    }

    /// Reads the frames of one message; nil if they are none of a manager.
    init?(frames: [[UInt8]], encoding: MessageEncoding) {
        guard frames.count == 2, let topic = Topic(rawValue: String(decoding: frames[0], as: UTF8.self)),
            let message = try? encoding.decode(frames[1])
        else { return nil }
        let time = message["time"]?.number ?? 0
        switch topic {
        case .console:
            guard let text = message["msg"]?.string else { return nil }
            self = .console(time: time, text: text)
        case .status:
            if let status = message["msg"]?["status"]?.object {
                self = .status(time: time, ManagerStatus(status))
            } else if let progress = message["msg"]?["progress"]?.object {
                self = .progress(time: time, PlanProgress(progress))
            } else {
                return nil
            }
        }
    }
}
