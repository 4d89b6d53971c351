public import Wire

/// Describes the events of one stream of a run: their fields and the configuration of the devices behind them.
public struct EventDescriptor: Sendable, Hashable {
    /// How a device was set up when the stream began.
    public struct Configuration: Sendable, Hashable {
        /// The values of the settings and their times.
        public var readings: Readings
        /// What the settings are.
        public var dataKeys: DataKeys

        /// Values and descriptions of the same keys.
        public init(readings: Readings = [:], dataKeys: DataKeys = [:]) {
            self.readings = readings
            self.dataKeys = dataKeys
        }

        /// The configuration as it stands in a descriptor.
        public var json: JSONObject {
            [
                "data": .object(JSONObject(readings.map { ($0.key, $0.value.value) })),
                "timestamps": .object(JSONObject(readings.map { ($0.key, .double($0.value.timestamp)) })),
                "data_keys": .object(dataKeys.json),
            ]
        }
    }

    /// Identifies the descriptor; events refer to it.
    public let uid: String
    /// When the descriptor was made, in seconds since 1970.
    public let time: Timestamp
    /// Identifies the run.
    public let runStart: String
    /// The name of the stream, for example `primary`.
    public let name: String
    /// The fields of the events, in the order in which the devices were read.
    public let dataKeys: DataKeys
    /// Which fields belong to which device.
    public let objectKeys: Keyed<[String]>
    /// The configuration of each device.
    public let configuration: Keyed<Configuration>
    /// The hints of each device that has any.
    public let hints: Keyed<Hints>

    /// A descriptor.
    public init(
        uid: String = newUID(),
        time: Timestamp = timestampNow(),
        runStart: String,
        name: String,
        dataKeys: DataKeys,
        objectKeys: Keyed<[String]>,
        configuration: Keyed<Configuration>,
        hints: Keyed<Hints>
    ) {
        self.uid = uid
        self.time = time
        self.runStart = runStart
        self.name = name
        self.dataKeys = dataKeys
        self.objectKeys = objectKeys
        self.configuration = configuration
        self.hints = hints
    }

    /// The document as JSON.
    public var json: JSONObject {
        [
            "configuration": .object(JSONObject(configuration.map { ($0.key, .object($0.value.json)) })),
            "data_keys": .object(dataKeys.json),
            "name": .string(name),
            "object_keys": .object(JSONObject(objectKeys.map { ($0.key, JSONValue($0.value)) })),
            "object_classes": .object([:]),
            "run_start": .string(runStart),
            "time": .double(time),
            "uid": .string(uid),
            "hints": .object(JSONObject(hints.map { ($0.key, .object($0.value.json)) })),
        ]
    }
}
