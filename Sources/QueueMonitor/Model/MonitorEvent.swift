internal import QueueClient
internal import TerminalKit
internal import Wire

/// What the monitor reacts to.
enum MonitorEvent: Sendable {
    case key(Key)
    case resized(ScreenSize)
    case published(ManagerMessage)
    case answer(to: Question, Result<JSONObject, QueueClientError>)
    /// Time has passed.
    case tick
}

/// Why a request was sent.
enum Question: Sendable, Hashable {
    case about(Upkeep.Subject)
    case command(Command)
}

/// What the monitor wants to be done.
enum MonitorEffect: Sendable, Hashable {
    /// Send the request and bring the answer back.
    case send(Question, Request)
    /// Draw all of the screen.
    case redraw
    case quit
}
