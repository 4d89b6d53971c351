internal import QueueClient
internal import TerminalKit

// What the keys do.
extension MonitorModel {
    /// Takes in a key.
    mutating func handle(_ key: Key) -> [MonitorEffect] {
        if key == .control("l") { return [.redraw] }
        // What is not to be seen is not to be done.
        if !Layout.fits(size) { return key == .character("q") ? [.quit] : [] }
        switch overlay {
        case .question(let command, let item): return answer(key, command, item)
        case .help(let top):
            overlay = scrolled(key, from: top).map { .help(top: $0) }
            return []
        case .details(let item, let top):
            overlay = scrolled(key, from: top).map { .details(item, top: $0) }
            return []
        case nil: break
        }
        if key == .escape {
            if notice == nil { isZoomed = false }
            notice = nil
            return []
        }
        return KeyBinding.action(of: key).map { perform($0) } ?? []
    }

    private mutating func perform(_ action: KeyAction) -> [MonitorEffect] {
        switch action {
        case .openEnvironment: return start(.openEnvironment)
        case .closeEnvironment: return start(.closeEnvironment)
        case .destroyEnvironment: return start(.destroyEnvironment)
        case .startQueue: return start(.startQueue)
        case .stopQueue: return start(status?.isQueueStopPending == true ? .cancelQueueStop : .stopQueue)
        case .toggleAutostart: return start(.setAutostart(!(status?.isQueueAutostartEnabled ?? false)))
        case .toggleLoop:
            var mode = status?.queueMode ?? QueueMode()
            mode.loop.toggle()
            return start(.setMode(mode))
        case .pause: return start(.pause(.deferred))
        case .pauseNow: return start(.pause(.immediate))
        case .resume: return start(.resume)
        case .stop: return start(.stop)
        case .abort: return start(.abort)
        case .halt: return start(.halt)
        case .moveUp: return move { items, index in index > 0 ? .before(uid: items[index - 1].uid ?? "") : nil }
        case .moveDown:
            return move { items, index in
                index < items.count - 1 ? .after(uid: items[index + 1].uid ?? "") : nil
            }
        case .moveToFront: return move { _, index in index > 0 ? .front : nil }
        case .moveToBack: return move { items, index in index < items.count - 1 ? .back : nil }
        case .remove: return selectedQueueItem(for: "remove").map { start(.remove($0)) } ?? []
        case .release: return selectedQueueItem(for: "release").map { start(.release($0)) } ?? []
        case .addCopy:
            guard let item = selectedItem else {
                tell(.failure, "Nothing is selected: choose an item of the queue or the history first", for: 5)
                return []
            }
            return start(.addCopy(item))
        case .lineUp: scroll(by: -1)
        case .lineDown: scroll(by: 1)
        case .pageUp: scroll(by: -pageHeight)
        case .pageDown: scroll(by: pageHeight)
        case .first: scroll(by: -Int.max / 2)
        case .last: scroll(by: Int.max / 2)
        case .nextPane: moveFocus(by: 1)
        case .previousPane: moveFocus(by: -1)
        case .zoom: isZoomed.toggle()
        case .details: if let item = selectedItem { overlay = .details(item, top: 0) }
        case .help: overlay = .help(top: 0)
        case .redraw: return [.redraw]
        case .quit: return [.quit]
        }
        return []
    }

    // MARK: Commands

    /// Sends a command, or asks before.
    private mutating func start(_ command: Command) -> [MonitorEffect] {
        if command.question == nil { return send(command) }
        notice = nil
        overlay = .question(command, item: status?.runningItemUID)
        return []
    }

    /// Takes in a key as the answer to a question.
    private mutating func answer(_ key: Key, _ command: Command, _ item: String?) -> [MonitorEffect] {
        switch key {
        case .character("y"), .character("Y"):
            overlay = nil
            if command.endsPlan, status?.runningItemUID != item {
                tell(.failure, "\(command.title): not sent, because another item runs now", for: 30)
                return []
            }
            return send(command)
        case .character("n"), .character("N"), .character("q"), .escape:
            overlay = nil
            tell(.success, "\(command.title): not sent", for: 5)
            return []
        default: return []
        }
    }

    private mutating func move(_ position: ([QueueItem], Int) -> ItemPosition?) -> [MonitorEffect] {
        guard let item = selectedQueueItem(for: "move"), let position = position(items, queueCursor.index) else {
            return []
        }
        return start(.move(item, position))
    }

    // MARK: Selection

    /// The item that the keys are about.
    private var selectedItem: QueueItem? {
        switch focus {
        case .queue: items.indices.contains(queueCursor.index) ? items[queueCursor.index] : nil
        case .history: history.indices.contains(historyCursor.index) ? history[historyCursor.index] : nil
        case .console: nil
        }
    }

    private mutating func selectedQueueItem(for verb: String) -> QueueItem? {
        if focus == .queue, let item = selectedItem { return item }
        tell(.failure, "Nothing to \(verb): choose an item of the queue first", for: 5)
        return nil
    }

    private mutating func moveFocus(by step: Int) {
        let panes = Pane.allCases
        let place = panes.firstIndex(of: focus) ?? 0
        focus = panes[(place + step + panes.count) % panes.count]
        if focus != .console { list = focus }
    }

    // MARK: Scrolling

    /// How many lines the pane with the focus shows.
    private var pageHeight: Int { max(1, Layout(self).contentHeight(of: focus)) }

    private mutating func scroll(by count: Int) {
        switch focus {
        case .queue: queueCursor.select(queueCursor.index.advancedClamped(by: count), in: items.uids)
        case .history: historyCursor.select(historyCursor.index.advancedClamped(by: count), in: history.uids)
        case .console: console.scroll(by: count, height: pageHeight)
        }
    }

    /// Where a page that is over the panes is scrolled to by a key; nil if the key closes it.
    private func scrolled(_ key: Key, from top: Int) -> Int? {
        let height = Layout(self).body.rows - 1
        let count = OverlayText.lines(of: self, width: size.columns).count
        let step: Int? =
            switch KeyBinding.action(of: key) {
            case .lineUp: -1
            case .lineDown: 1
            case .pageUp: -height
            case .pageDown: height
            case .first: -count
            case .last: count
            default: nil
            }
        return step.map { max(0, min(top + $0, count - height)) }
    }
}

extension Int {
    fileprivate func advancedClamped(by count: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(count)
        return overflow ? (count > 0 ? .max : .min) : sum
    }
}
