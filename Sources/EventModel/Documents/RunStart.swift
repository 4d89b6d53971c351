public import Wire

/// The first document of a run: what is going to be measured, by which plan, with which metadata.
public struct RunStart: Sendable, Hashable {
    /// Identifies the run.
    public let uid: String
    /// When the run was opened, in seconds since 1970.
    public let time: Timestamp
    /// Everything else, for example `plan_name`, `scan_id` and `detectors`.
    public let metadata: JSONObject

    /// A start document. `uid` and `time` in the metadata are ignored.
    ///
    /// - Throws: ``MetadataError`` if the metadata break a rule of the document model.
    public init(uid: String = newUID(), time: Timestamp = timestampNow(), metadata: JSONObject) throws(MetadataError) {
        try validateRunMetadata(metadata)
        self.uid = uid
        self.time = time
        self.metadata = metadata
    }

    /// The number of the run, if it has one.
    public var scanID: Int? { metadata["scan_id"]?.integer }

    /// The plan that opened the run, if it is named.
    public var planName: String? { metadata["plan_name"]?.string }

    /// The document as JSON.
    public var json: JSONObject {
        var json: JSONObject = ["uid": .string(uid), "time": .double(time)]
        json.reserveCapacity(metadata.count + 2)
        for (key, value) in metadata where key != "uid" && key != "time" { json[key] = value }
        return json
    }
}
