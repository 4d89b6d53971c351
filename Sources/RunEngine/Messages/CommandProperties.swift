extension Command {
    /// The name of the command in bluesky's messages.
    public var name: String {
        switch self {
        case .openRun: "open_run"
        case .closeRun: "close_run"
        case .declareStream: "declare_stream"
        case .monitor: "monitor"
        case .unmonitor: "unmonitor"
        case .collect: "collect"
        case .create: "create"
        case .read: "read"
        case .save: "save"
        case .drop: "drop"
        case .set: "set"
        case .trigger: "trigger"
        case .stage: "stage"
        case .unstage: "unstage"
        case .prepare: "prepare"
        case .kickoff: "kickoff"
        case .complete: "complete"
        case .configure: "configure"
        case .locate: "locate"
        case .stop: "stop"
        case .wait: "wait"
        case .sleep: "sleep"
        case .checkpoint: "checkpoint"
        case .clearCheckpoint: "clear_checkpoint"
        case .rewindable: "rewindable"
        case .pause: "pause"
        case .waitFor: "wait_for"
        case .input: "input"
        case .subscribe: "subscribe"
        case .unsubscribe: "unsubscribe"
        case .installSuspender: "install_suspender"
        case .removeSuspender: "remove_suspender"
        case .engineClass: "RE_class"
        case .null: "null"
        case .custom(let command): command.name
        }
    }

    /// The device that the command is about, if any.
    public var device: (any Device)? {
        switch self {
        case .read(let device): device
        case .set(let device, _, _): device
        case .trigger(let device, _): device
        case .stage(let device, _), .unstage(let device, _): device
        case .monitor(let device, _), .unmonitor(let device): device
        case .collect(let devices, _, _): devices.first
        case .prepare(let device, _, _): device
        case .kickoff(let device, _), .complete(let device, _): device
        case .configure(let device, _): device
        case .locate(let devices): devices.count == 1 ? devices.first : nil
        case .stop(let device): device
        case .custom(let command): command.device
        default: nil
        }
    }

    /// Whether the message is about an open run. A device can be read without one.
    var needsRun: Bool {
        switch self {
        case .closeRun, .declareStream, .create, .read, .save, .drop, .monitor, .unmonitor, .kickoff, .collect: true
        default: false
        }
    }

    /// Whether the message is kept, to be repeated after a pause.
    var isReplayed: Bool {
        switch self {
        case .openRun, .closeRun, .stage, .unstage, .pause, .monitor, .unmonitor, .subscribe, .unsubscribe,
            .installSuspender, .removeSuspender:
            false
        default: true
        }
    }
}
