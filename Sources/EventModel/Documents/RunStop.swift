public import Wire

/// The last document of a run: how it ended.
public struct RunStop: Sendable, Hashable {
    /// Identifies the document.
    public let uid: String
    /// When the run was closed, in seconds since 1970.
    public let time: Timestamp
    /// Identifies the run.
    public let runStart: String
    /// Whether the run went to its end.
    public let exitStatus: ExitStatus
    /// Why it did not; empty otherwise.
    public let reason: String
    /// How many events each stream has.
    public let numEvents: Keyed<Int>

    /// A stop document.
    public init(
        uid: String = newUID(),
        time: Timestamp = timestampNow(),
        runStart: String,
        exitStatus: ExitStatus,
        reason: String = "",
        numEvents: Keyed<Int> = [:]
    ) {
        self.uid = uid
        self.time = time
        self.runStart = runStart
        self.exitStatus = exitStatus
        self.reason = reason
        self.numEvents = numEvents
    }

    /// The document as JSON.
    public var json: JSONObject {
        [
            "uid": .string(uid),
            "time": .double(time),
            "run_start": .string(runStart),
            "exit_status": .string(exitStatus.rawValue),
            "reason": .string(reason),
            "num_events": .object(JSONObject(numEvents.map { ($0.key, .integer($0.value)) })),
        ]
    }
}
