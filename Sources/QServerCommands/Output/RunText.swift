internal import QueueClient
internal import Wire

/// The runs of a plan for a reader.
enum RunText {
    static func text(_ reply: JSONObject, on display: Display) -> String {
        let runs = objects(reply["run_list"]).map(RunSummary.init)
        if runs.isEmpty { return "There are no runs." }
        var table = Table([.init(title: "Scan", isNumber: true), .init(title: "State"), .init(title: "UID")])
        for run in runs {
            let state = run.isOpen ? Table.Cell("open", .green) : Table.Cell(run.exitStatus ?? "closed")
            table.append([Table.Cell(run.scanID.map(String.init) ?? ""), state, Table.Cell(run.uid)])
        }
        return table.text(on: display)
    }
}
