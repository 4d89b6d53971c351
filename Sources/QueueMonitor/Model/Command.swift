internal import QueueClient
internal import Wire

/// What can be done to the manager from the keyboard.
enum Command: Sendable, Hashable {
    case openEnvironment, closeEnvironment, destroyEnvironment
    case startQueue, stopQueue, cancelQueueStop
    case setAutostart(Bool)
    case setMode(QueueMode)
    case pause(PauseOption)
    case resume, stop, abort, halt
    case move(QueueItem, ItemPosition)
    case remove(QueueItem)
    case release(QueueItem)
    case addCopy(QueueItem)

    /// The request that does it.
    var request: Request {
        switch self {
        case .openEnvironment: .environmentOpen
        case .closeEnvironment: .environmentClose
        case .destroyEnvironment: .environmentDestroy
        case .startQueue: .queueStart
        case .stopQueue: .queueStop
        case .cancelQueueStop: .queueStopCancel
        case .setAutostart(let isEnabled): .queueAutostart(enable: isEnabled)
        case .setMode(let mode):
            .queueModeSet(["loop": .bool(mode.loop), "ignore_failures": .bool(mode.ignoreFailures)])
        case .pause(let option): .rePause(option)
        case .resume: .reResume
        case .stop: .reStop
        case .abort: .reAbort
        case .halt: .reHalt
        case .move(let item, let position): .queueItemMove(.uid(item.uid ?? ""), to: position)
        case .remove(let item): .queueItemRemove(.uid(item.uid ?? ""))
        case .release(let item): .queueItemRelease(.uid(item.uid ?? ""))
        case .addCopy(let item): .queueItemAdd(item.copyToSubmit)
        }
    }

    /// What it is called where its progress is told.
    var title: String {
        switch self {
        case .openEnvironment: "Open the environment"
        case .closeEnvironment: "Close the environment"
        case .destroyEnvironment: "Destroy the environment"
        case .startQueue: "Start the queue"
        case .stopQueue: "Stop the queue after the running item"
        case .cancelQueueStop: "Do not stop the queue"
        case .setAutostart(let isEnabled): "Autostart \(isEnabled ? "on" : "off")"
        case .setMode(let mode): "Loop \(mode.loop ? "on" : "off")"
        case .pause(.deferred): "Pause at the next checkpoint"
        case .pause(.immediate): "Pause now"
        case .resume: "Resume"
        case .stop: "Stop the plan"
        case .abort: "Abort the plan"
        case .halt: "Halt the plan"
        case .move(let item, _): "Move \(item.name)"
        case .remove(let item): "Remove \(item.name)"
        case .release(let item): "Release \(item.name)"
        case .addCopy(let item): "Add a copy of \(item.name)"
        }
    }

    /// What to ask before it is done; nil if it is done at once.
    var question: String? {
        switch self {
        case .closeEnvironment: "Close the environment?"
        case .destroyEnvironment: "Destroy the environment, with whatever runs in it and without any clean-up?"
        case .stop: "Stop the plan? It counts as done, and its clean-up runs."
        case .abort: "Abort the plan? It goes back to the queue, and its clean-up runs."
        case .halt: "Halt the plan WITHOUT its clean-up? Devices stay as they are."
        case .remove(let item): "Remove \(item.callText) from the queue?"
        default: nil
        }
    }

    /// Whether it changes the order of the queue, so that its result is shown before the manager has answered.
    var isEdit: Bool {
        switch self {
        case .move, .remove: true
        default: false
        }
    }

    /// Whether it ends the plan that runs, whatever that is when it arrives.
    var endsPlan: Bool {
        switch self {
        case .stop, .abort, .halt, .destroyEnvironment: true
        default: false
        }
    }
}

extension QueueItem {
    /// The item as a client submits it: without what the manager has added.
    var copyToSubmit: QueueItem {
        QueueItem(raw.keeping { ["item_type", "name", "args", "kwargs", "meta"].contains($0) })
    }
}
