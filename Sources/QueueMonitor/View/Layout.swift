internal import TerminalKit

/// Where the parts of the monitor are on a screen.
struct Layout: Sendable, Hashable {
    /// Some rows and columns of the screen.
    struct Area: Sendable, Hashable {
        var row: Int
        var column: Int
        var rows: Int
        var columns: Int
    }

    /// The smallest screen that the monitor can use.
    static let minimum = ScreenSize(rows: 16, columns: 60)
    /// Whether a screen of this size can be used.
    static func fits(_ size: ScreenSize) -> Bool { size.rows >= minimum.rows && size.columns >= minimum.columns }

    /// From here on the console is beside the lists.
    private static let wideColumns = 140
    private static let footerRows = 2

    /// All between the header and the last two rows.
    let body: Area
    private(set) var running: Area?
    /// The panes that are shown, each with a row for its title.
    private(set) var panes: [MonitorModel.Pane: Area] = [:]

    /// The layout for what the model has to show, on its screen.
    init(_ model: MonitorModel) {
        let headerRows = HeaderView.rows(model)
        let rows = max(0, model.size.rows - headerRows - Layout.footerRows)
        body = Area(row: headerRows, column: 0, rows: rows, columns: model.size.columns)
        if model.isZoomed {
            panes[model.focus] = body
            return
        }
        let runningRows = rows >= 36 ? 8 : rows >= 18 ? 5 : 3
        if body.columns >= Layout.wideColumns {
            var (left, right) = body.splitColumns(body.columns / 2)
            right.column += 1
            right.columns -= 1
            let (running, lists) = left.splitRows(runningRows)
            let (queue, history) = lists.splitRows((lists.rows + 1) / 2)
            self.running = running
            panes = [.queue: queue, .history: history, .console: right]
        } else {
            let (running, rest) = body.splitRows(runningRows)
            let (list, console) = rest.splitRows(rest.rows / 2)
            self.running = running
            panes = [model.list: list, .console: console]
        }
    }

    /// How many rows a pane has below its title; 0 if it is not shown.
    func contentHeight(of pane: MonitorModel.Pane) -> Int { panes[pane].map { max(0, $0.rows - 1) } ?? 0 }
}

extension Layout.Area {
    func splitRows(_ count: Int) -> (Layout.Area, Layout.Area) {
        let count = min(count, rows)
        return (
            Layout.Area(row: row, column: column, rows: count, columns: columns),
            Layout.Area(row: row + count, column: column, rows: rows - count, columns: columns)
        )
    }

    func splitColumns(_ count: Int) -> (Layout.Area, Layout.Area) {
        (
            Layout.Area(row: row, column: column, rows: rows, columns: count),
            Layout.Area(row: row, column: column + count, rows: rows, columns: columns - count)
        )
    }
}
