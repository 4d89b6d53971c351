public import EventModel
public import Wire

/// What a message tells the engine to do. The names are those of bluesky's messages.
public enum Command: Sendable {
    // Runs and events
    /// Opens a run and emits its start document. The answer is the uid of the run.
    case openRun(metadata: JSONObject)
    /// Closes the run and emits its stop document. The answer is the uid of the run.
    case closeRun(exitStatus: ExitStatus?, reason: String?)
    /// Says which devices the events of a stream are going to consist of, and emits the descriptor of the stream now.
    /// The answer is the descriptor.
    case declareStream([any Readable], name: String)
    /// Begins an event of this stream.
    case create(stream: String)
    /// Reads the device, into the event if one has been begun. The answer is the readings.
    case read(any Readable)
    /// Ends the event and emits it. An event without readings is none.
    case save
    /// Ends the event and forgets it.
    case drop

    // Devices
    /// Sets the device. The answer is the status, at once.
    case set(any Movable, JSONValue, group: Group)
    /// Triggers the device. The answer is the status, at once.
    case trigger(any Triggerable, group: Group)
    /// Stages the device, if it can be. The answer is the staged devices or the status.
    case stage(any Device, group: Group)
    /// Unstages the device, if it can be. The answer is the unstaged devices or the status.
    case unstage(any Device, group: Group)
    /// Asks devices where they were sent and where they are. The answer is their locations.
    case locate([any Locatable])
    /// Stops the device.
    case stop(any Stoppable)

    // Time
    /// Waits for the members of a group. The answer is whether all are done.
    case wait(Wait)
    /// Waits for so many seconds.
    case sleep(seconds: Double)

    // Interruptions
    /// From here on a pause need not go back further than here.
    case checkpoint
    /// For the rest of the call no pause is possible.
    case clearCheckpoint
    /// Turns the keeping of messages for replay on or off, or asks with nil. The answer is the present setting.
    case rewindable(Bool?)
    /// Pauses, at once or at the next checkpoint.
    case pause(deferred: Bool)

    // Other
    /// Nothing.
    case null
    /// A command that was registered with the engine.
    case custom(CustomCommand)
}

/// How to wait for a group.
public struct Wait: Sendable {
    /// The group.
    public var group: Group
    /// The longest wait in seconds; nil for no limit.
    public var timeout: Double?
    /// Whether a wait that takes too long is an error. If not, the group can be waited for again.
    public var errorOnTimeout: Bool

    /// Waits for this group.
    public init(_ group: Group, timeout: Double? = nil, errorOnTimeout: Bool = true) {
        self.group = group
        self.timeout = timeout
        self.errorOnTimeout = errorOnTimeout
    }
}

/// A command that the engine does not know by itself.
public struct CustomCommand: Sendable {
    /// The name under which it is registered.
    public var name: String
    /// The device that it is about, if any.
    public var device: (any Device)?
    /// Its arguments.
    public var arguments: JSONObject

    /// A command with these arguments.
    public init(_ name: String, device: (any Device)? = nil, arguments: JSONObject = [:]) {
        self.name = name
        self.device = device
        self.arguments = arguments
    }
}
