internal import QueueClient
internal import TerminalKit
internal import Wire

/// The queue or the history.
enum ListView {
    static func draw(_ pane: MonitorModel.Pane, of model: MonitorModel, in area: Layout.Area, on screen: inout Screen) {
        let items = pane == .queue ? model.items : model.history
        let cursor = pane == .queue ? model.queueCursor : model.historyCursor
        let isFocused = model.focus == pane
        screen.writeTitle(
            titles(pane, model, area),
            note: items.count > area.rows - 1 ? "\(cursor.index + 1) of \(items.count)" : "",
            isFocused: isFocused,
            in: area
        )
        let height = max(0, area.rows - 1)
        if items.isEmpty, model.status != nil, height > 0 {
            let words = pane == .queue ? "The queue is empty." : "The history is empty."
            screen.write(words, row: area.row + 1, column: area.column + 1, width: area.columns - 2, style: .dim)
        }
        let top = cursor.top(count: items.count, height: height)
        for (offset, item) in items.dropFirst(top).prefix(height).enumerated() {
            let row = area.row + 1 + offset
            let index = top + offset
            if pane == .queue {
                drawQueueRow(index, item, count: items.count, row, area, on: &screen)
            } else {
                drawHistoryRow(item, row, area, on: &screen)
            }
            if isFocused, index == cursor.index {
                screen.restyle(row: row, column: area.column, width: area.columns) { $0.isReversed = true }
            }
        }
    }

    /// Both titles where only one of the lists is shown, so that the other one is not forgotten.
    private static func titles(_ pane: MonitorModel.Pane, _ model: MonitorModel, _ area: Layout.Area) -> [Span] {
        func title(_ other: MonitorModel.Pane) -> Span {
            // The status has the numbers before the lists are there.
            let number = other == .queue ? model.status?.itemsInQueue : model.status?.itemsInHistory
            let text = (other == .queue ? "Queue" : "History") + (number.map { " \($0)" } ?? "")
            return Span(text, other != pane ? .dim : model.focus == pane ? .cyan.bold : .bold)
        }
        if Layout(model).panes.count == 3 || model.isZoomed { return [title(pane)] }
        return [title(.queue), Span(" │ ", .dim), title(.history)]
    }

    private static func drawQueueRow(
        _ index: Int,
        _ item: QueueItem,
        count: Int,
        _ row: Int,
        _ area: Layout.Area,
        on screen: inout Screen
    ) {
        let numberColumns = max(3, "\(count - 1)".count)
        let userColumns = area.columns >= 70 ? 14 : 0
        screen.writeAtEnd([Span("\(index)", .dim)], row: row, column: area.column, width: numberColumns + 1)
        screen.write(
            (item.isHeld ? [Span("held ", .yellow.bold)] : [])
                + [Span(item.callText, item.isHeld ? .dim : item.type == "instruction" ? .yellow : .plain)],
            row: row,
            column: area.column + numberColumns + 2,
            width: area.columns - numberColumns - userColumns - 3
        )
        if userColumns > 0 {
            let column = area.column + area.columns - userColumns
            screen.write([Span(item.user ?? "", .dim)], row: row, column: column, width: userColumns - 1)
        }
    }

    private static func drawHistoryRow(_ item: QueueItem, _ row: Int, _ area: Layout.Area, on screen: inout Screen) {
        let result = item.result
        let status = result?.exitStatus ?? "unknown"
        let style: Style = status == "completed" ? .green : status == "stopped" ? .yellow : .red
        var took = ""
        if let start = result?.timeStart, let stop = result?.timeStop { took = Clock.duration(stop - start) }
        var column = area.column + 1
        screen.write([Span(Clock.time(result?.timeStop), .dim)], row: row, column: column, width: 8)
        column += 10
        screen.write([Span(status, style)], row: row, column: column, width: 9)
        column += 11
        screen.writeAtEnd([Span(took)], row: row, column: column, width: 11)
        column += 13
        let scans = result?.scanIDs.map { "#\($0)" }.joined(separator: " ") ?? ""
        let scanColumns = area.columns >= 70 ? min(12, max(5, scans.columns)) : 0
        let width = area.column + area.columns - 1 - column - (scanColumns > 0 ? scanColumns + 2 : 0)
        screen.write([Span(item.callText)], row: row, column: column, width: width)
        if scanColumns > 0 {
            screen.write([Span(scans, .dim)], row: row, column: column + width + 2, width: scanColumns)
        }
    }
}
