internal import QueueClient
internal import TerminalKit
internal import Wire

/// All that the monitor knows and shows, and what follows from each event. It has no sockets, clocks or terminals.
struct MonitorModel: Sendable {
    /// A part of the screen that can have the focus.
    enum Pane: Sendable, Hashable, CaseIterable {
        case queue, history, console
    }

    /// What lies over the panes.
    enum Overlay: Sendable, Hashable {
        case help(top: Int)
        case details(QueueItem, top: Int)
        /// A question to be answered with yes or no before a command is sent. `item` is what was running.
        case question(Command, item: String?)
    }

    /// What was said last about a command.
    struct Notice: Sendable, Hashable {
        enum Kind: Sendable, Hashable { case progress, success, failure }
        let kind: Kind
        let text: String
        /// When it goes by itself.
        let end: Double
    }

    /// Address of the manager.
    let address: String
    var now: Moment
    var size: ScreenSize

    // What is known.
    var link: Link
    var upkeep = Upkeep()
    var status: ManagerStatus?
    /// The items that wait, with changes that the manager has not confirmed.
    var items: [QueueItem] = []
    var runningItem: QueueItem?
    /// The items that ended, newest first.
    var history: [QueueItem] = []
    var runs: [RunSummary] = []
    /// What holds the running plan, a sentence for each suspender.
    var holds: [String] = []
    var lock: LockInfo?
    var progress: [DeviceProgress] = []
    var console = Console()
    var edits = QueueEdits()
    /// UIDs of what is known of each subject.
    var known: [Upkeep.Subject: String] = [:]
    /// Commands without an answer, edits apart.
    var unanswered: Set<Command> = []

    // What is shown.
    var focus = Pane.queue
    /// Which of the lists is shown where there is room for one.
    var list = Pane.queue
    var isZoomed = false
    var queueCursor = ListCursor()
    var historyCursor = ListCursor()
    var overlay: Overlay?
    var notice: Notice?

    /// A monitor that knows nothing yet.
    init(address: String, size: ScreenSize, at now: Moment) {
        self.address = address
        self.size = size
        self.now = now
        link = Link(at: now.uptime)
    }

    /// Takes in an event and returns what is to be done.
    mutating func handle(_ event: MonitorEvent, at now: Moment) -> [MonitorEffect] {
        self.now = now
        var effects: [MonitorEffect] = []
        switch event {
        case .key(let key): effects = handle(key)
        case .resized(let size): self.size = size
        case .published(let message): take(message)
        case .answer(let question, let result): effects = take(result, to: question)
        case .tick: break
        }
        if let notice, notice.end <= now.uptime { self.notice = nil }
        if link.nextPoll <= now.uptime {
            upkeep.want(.status)
            link.asked(at: now.uptime)
        }
        for subject in upkeep.due(at: now.uptime) {
            if let effect = inquiry(subject) { effects.append(effect) }
        }
        return effects
    }

    /// When the next ``MonitorEvent/tick`` is due, if nothing happens before.
    var nextTick: Double {
        var times = [link.nextPoll]
        if let time = upkeep.nextTime { times.append(time) }
        if let notice { times.append(notice.end) }
        // Ages and durations are shown in whole seconds.
        if link.isStale(at: now.uptime) || runningItem != nil {
            times.append(now.uptime + 1 - link.age(at: now.uptime).truncatingRemainder(dividingBy: 1))
        } else {
            times.append(link.lastProof + Link.staleAge)
        }
        return times.min() ?? now.uptime + 1
    }

    // MARK: Asking

    private mutating func inquiry(_ subject: Upkeep.Subject) -> MonitorEffect? {
        let request: Request? =
            switch subject {
            case .status: .status
            case .queue: .queueGet
            case .history: .historyGet
            case .runs: .reRuns(.active)
            case .holds: .reSuspensions
            case .lock: .lockInfo
            case .console: console.request
            }
        if request == nil { upkeep.ended(subject, hasAnswer: false, at: now.uptime) }
        return request.map { .send(.about(subject), $0) }
    }

    /// Sends a command.
    mutating func send(_ command: Command) -> [MonitorEffect] {
        tell(.progress, "\(command.title) …", for: 60)
        if command.isEdit {
            QueueEdits.apply(command, to: &items)
            queueCursor.follow(items.uids)
            upkeep.held.insert(.queue)
            return edits.add(command).map { [.send(.command($0), $0.request)] } ?? []
        }
        guard unanswered.insert(command).inserted else {
            tell(.progress, "\(command.title): not answered yet", for: 60)
            return []
        }
        return [.send(.command(command), command.request)]
    }

    /// Shows a notice for some seconds.
    mutating func tell(_ kind: Notice.Kind, _ text: String, for seconds: Double) {
        notice = Notice(kind: kind, text: text, end: now.uptime + seconds)
    }
}

extension [QueueItem] {
    var uids: [String] { map { $0.uid ?? "" } }
}
