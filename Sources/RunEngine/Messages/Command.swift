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
    /// The answer is the descriptor. With `collect` the devices are flyers, whose events are collected later.
    case declareStream([any Device], name: String, collect: Bool)
    /// Begins an event of this stream.
    case create(stream: String)
    /// Reads the device, into the event if one has been begun. The answer is the readings.
    case read(any Readable)
    /// Ends the event and emits it. An event without readings is none.
    case save
    /// Ends the event and forgets it.
    case drop

    /// Records each change of the device as an event of a stream of its own, called `monitor-…` if nil.
    case monitor(any Subscribable, stream: String?)
    /// Ends that.
    case unmonitor(any Subscribable)
    /// Takes over what flyers have recorded: the events of one flyer, or the data that several have written in step.
    /// The stream is needed where it has been declared and is not the only one. The answer is the events, unless the
    /// payload is not wanted.
    case collect([any Collectable], stream: String?, returnsPayload: Bool)

    // Devices
    /// Sets the device. The answer is the status, at once.
    case set(any Movable, JSONValue, group: Group)
    /// Triggers the device. The answer is the status, at once.
    case trigger(any Triggerable, group: Group)
    /// Makes the device ready for what is to come. The answer is the status, at once.
    case prepare(any Preparable, JSONValue, group: Group)
    /// Lets the device begin to take data by itself. The answer is the status, at once.
    case kickoff(any Flyable, group: Group)
    /// Asks the device to finish that. The answer is the status, at once.
    case complete(any Flyable, group: Group)
    /// Changes settings of the device; the streams that it is in get a new descriptor. The answer is the settings before
    /// and after.
    case configure(any Reconfigurable, settings: JSONObject)
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
    /// Waits for anything else that ends.
    case waitFor([Status], timeout: Double?)
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
    /// Asks the user. The answer is a text.
    case input(prompt: String)
    /// Hands the documents of this kind, or of all, to a sink until the next call of the engine. The answer is a token.
    case subscribe(any DocumentSink, to: DocumentName?)
    /// Ends a subscription.
    case unsubscribe(SubscriptionToken)
    /// Lets the suspender hold plans from here on.
    case installSuspender(Suspender)
    /// Ends that.
    case removeSuspender(Suspender)
    /// Asks what carries the plan out. The answer is the name of its class.
    case engineClass
    /// Nothing.
    case null
    /// A command that was registered with the engine.
    case custom(CustomCommand)
}
