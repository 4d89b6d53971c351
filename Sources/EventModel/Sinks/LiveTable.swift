internal import Synchronization
internal import Wire

/// Shows the events of the main stream of each run as rows of a table while they are taken.
///
/// Columns are the number of the event, the time of day, the dimensions that the plan hints at and the fields that
/// the devices hint at.
public final class LiveTable: DocumentSink {
    private let stream: String
    private let print: @Sendable (String) -> Void
    private let runs = Mutex<[String: RunTable]>([:])

    /// Shows the stream called `stream`, line by line without line feeds.
    public init(stream: String = "primary", print: @escaping @Sendable (String) -> Void) {
        self.stream = stream
        self.print = print
    }

    /// Shows what the document adds to the table, if anything.
    public func receive(_ document: Document) {
        for line in lines(for: document) { print(line) }
    }

    private func lines(for document: Document) -> [String] {
        switch document {
        case .start(let start):
            runs.withLock { $0[start.uid] = RunTable(start) }
            return RunTable.heading(of: start)
        case .descriptor(let descriptor):
            guard descriptor.name == stream else { return [] }
            return runs.withLock { $0[descriptor.runStart]?.begin(descriptor) ?? [] }
        case .event(let event):
            return runs.withLock { runs in
                for uid in runs.keys {
                    if let lines = runs[uid]?.row(event) { return lines }
                }
                return []
            }
        case .stop(let stop):
            return runs.withLock { $0.removeValue(forKey: stop.runStart)?.footing(stop) ?? [] }
        default: return []
        }
    }
}

/// The table of one run.
private struct RunTable {
    private struct Column {
        let field: String
        let width: Int
        let precision: Int
    }

    private let dimensions: [String]
    private let title: String
    private var columns: [Column] = []
    private var descriptors: Set<String> = []
    private var rowCount = 0

    init(_ start: RunStart) {
        dimensions = Self.dimensionFields(of: start).filter { $0 != "time" }
        title =
            "\(start.planName ?? "run") ['\(start.uid.prefix(8))']"
            + (start.scanID.map { " (scan num: \($0))" } ?? "")
    }

    static func heading(of start: RunStart) -> [String] {
        let number = start.scanID.map { "Scan ID: \($0)   " } ?? ""
        return [
            "", "\(number)Plan: \(start.planName ?? "-")   Time: \(dateAndTime(start.time))", "Run UID: \(start.uid)",
        ]
    }

    private static func dimensionFields(of start: RunStart) -> [String] {
        let dimensions = start.metadata["hints"]?["dimensions"]?.array ?? []
        return dimensions.flatMap { dimension -> [String] in
            guard let fields = dimension.array?.first else { return [] }
            return fields.array?.compactMap(\.string) ?? fields.string.map { [$0] } ?? []
        }
    }

    /// A second descriptor of the stream, after a change of configuration, continues the table.
    mutating func begin(_ descriptor: EventDescriptor) -> [String] {
        descriptors.insert(descriptor.uid)
        guard columns.isEmpty else { return [] }
        var fields = dimensions
        for (_, hints) in descriptor.hints {
            for field in hints.fields ?? [] where !fields.contains(field) { fields.append(field) }
        }
        columns = [Column(field: "seq_num", width: 9, precision: 0), Column(field: "time", width: 10, precision: 0)]
        for field in fields {
            guard let key = descriptor.dataKeys[field], key.dtype != .array else { continue }
            columns.append(Column(field: field, width: max(10, field.count), precision: key.precision ?? 3))
        }
        return [rule] + header + [rule]
    }

    mutating func row(_ event: Event) -> [String]? {
        guard descriptors.contains(event.descriptor) else { return nil }
        let cells = columns.map { column in
            switch column.field {
            case "seq_num": String(event.seqNum)
            case "time": timeOfDay(event.time)
            default: event.data[column.field].map { text(of: $0, column) } ?? ""
            }
        }
        rowCount += 1
        let heading = rowCount % 50 == 0 ? [rule] + header + [rule] : []
        return heading + [line(cells)]
    }

    func footing(_ stop: RunStop) -> [String] {
        let reason = stop.reason.isEmpty ? "" : ": \(stop.reason)"
        let status = stop.exitStatus == .success ? "" : "   \(stop.exitStatus.rawValue)\(reason)"
        return (columns.isEmpty ? [] : [rule]) + ["\(title)\(status)", ""]
    }

    private func text(of value: JSONValue, _ column: Column) -> String {
        switch value {
        case .double(let number): fixedPoint(number, precision: column.precision)
        case .string(let text): String(text.prefix(column.width))
        default: value.pythonString
        }
    }

    private var rule: String {
        "+" + columns.map { String(repeating: "-", count: $0.width + 2) }.joined(separator: "+") + "+"
    }

    private var header: [String] { [line(columns.map(\.field))] }

    private func line(_ cells: [String]) -> String {
        "|"
            + zip(cells, columns).map { cell, column in
                " " + String(repeating: " ", count: max(0, column.width - cell.count)) + cell + " "
            }.joined(separator: "|") + "|"
    }
}
