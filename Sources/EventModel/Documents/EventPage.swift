public import Wire

/// Several events of one stream, column by column. All columns have the same length.
public struct EventPage: Sendable, Hashable {
    /// Identifies each event.
    public let uid: [String]
    /// When each event was taken over, in seconds since 1970.
    public let time: [Timestamp]
    /// The values by data key, one of each event.
    public let data: Keyed<[JSONValue]>
    /// When each value was taken, in seconds since 1970.
    public let timestamps: Keyed<[Timestamp]>
    /// The numbers of the events in their stream.
    public let seqNum: [Int]
    /// For each field whose data are elsewhere: whether they have been filled in.
    public let filled: Keyed<[Bool]>
    /// Identifies the descriptor of the stream.
    public let descriptor: String

    /// A page of events.
    public init(
        uid: [String],
        time: [Timestamp],
        data: Keyed<[JSONValue]>,
        timestamps: Keyed<[Timestamp]>,
        seqNum: [Int],
        filled: Keyed<[Bool]> = [:],
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
            "uid": JSONValue(uid),
            "time": .array(time.map(JSONValue.double)),
            "data": .object(JSONObject(data.map { ($0.key, .array($0.value)) })),
            "timestamps": .object(JSONObject(timestamps.map { ($0.key, .array($0.value.map(JSONValue.double))) })),
            "seq_num": .array(seqNum.map(JSONValue.integer)),
            "filled": .object(JSONObject(filled.map { ($0.key, .array($0.value.map(JSONValue.bool))) })),
            "descriptor": .string(descriptor),
        ]
    }
}
