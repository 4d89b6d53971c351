public import Wire

/// One row of a stream: the values that were read together.
public struct Event: Sendable, Hashable {
    /// Identifies the event.
    public let uid: String
    /// When the event was saved, in seconds since 1970.
    public let time: Timestamp
    /// The values by data key.
    public let data: JSONObject
    /// When each value was taken, in seconds since 1970.
    public let timestamps: Keyed<Timestamp>
    /// The number of the event in its stream, from 1. After a pause the same number may come again: the later event
    /// replaces the earlier one.
    public let seqNum: Int
    /// For each field whose data are elsewhere: whether they have been filled in. The engine says false.
    public let filled: Keyed<Bool>
    /// Identifies the descriptor of the stream.
    public let descriptor: String

    /// An event.
    public init(
        uid: String = newUID(),
        time: Timestamp = timestampNow(),
        data: JSONObject,
        timestamps: Keyed<Timestamp>,
        seqNum: Int,
        filled: Keyed<Bool> = [:],
        descriptor: String
    ) {
        self.uid = uid
        self.time = time
        self.data = data
        self.timestamps = timestamps
        self.seqNum = seqNum
        self.filled = filled
        self.descriptor = descriptor
    }

    /// The document as JSON.
    public var json: JSONObject {
        [
            "uid": .string(uid),
            "time": .double(time),
            "data": .object(data),
            "timestamps": .object(JSONObject(timestamps.map { ($0.key, .double($0.value)) })),
            "seq_num": .integer(seqNum),
            "filled": .object(JSONObject(filled.map { ($0.key, .bool($0.value)) })),
            "descriptor": .string(descriptor),
        ]
    }
}
