internal import TerminalKit

/// Draws the monitor.
enum MonitorView {
    /// What is to be seen now.
    static func render(_ model: MonitorModel) -> Screen {
        var screen = Screen(size: model.size)
        guard Layout.fits(model.size) else {
            drawTooSmall(model.size, on: &screen)
            return screen
        }
        let layout = Layout(model)
        HeaderView.draw(model, on: &screen)
        switch model.overlay {
        case .help(let top), .details(_, let top): OverlayView.draw(model, top: top, in: layout.body, on: &screen)
        case .question, nil:
            if let area = layout.running { RunningView.draw(model, in: area, on: &screen) }
            for (pane, area) in layout.panes {
                switch pane {
                case .queue, .history: ListView.draw(pane, of: model, in: area, on: &screen)
                case .console: ConsoleView.draw(model, in: area, on: &screen)
                }
            }
            // What may be out of date looks like it.
            if model.link.isStale(at: model.now.uptime) {
                for row in 1..<(layout.body.row + layout.body.rows) {
                    screen.restyle(row: row, column: 0, width: model.size.columns) {
                        $0.isDim = true
                        $0.isBold = false
                        $0.color = nil
                    }
                }
            }
        }
        FooterView.draw(model, on: &screen)
        return screen
    }

    private static func drawTooSmall(_ size: ScreenSize, on screen: inout Screen) {
        let lines = [
            "The monitor needs more room:",
            "\(Layout.minimum.columns) columns and \(Layout.minimum.rows) rows.",
            "Here are \(size.columns) and \(size.rows).",
            "q: leave",
        ]
        for (row, line) in lines.enumerated() { screen.write(line, row: row, column: 0) }
    }
}
