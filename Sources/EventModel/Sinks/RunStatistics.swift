internal import Synchronization
internal import Wire

/// Says at the end of a scan over one dimension what its curves look like: peak, centre of mass, width.
public final class RunStatistics: DocumentSink {
    private let stream: String
    private let print: @Sendable (String) -> Void
    private let runs = Mutex<[String: ScanCurves]>([:])

    /// Looks at the stream called `stream`, and says what there is to say line by line, without line feeds.
    public init(stream: String = "primary", print: @escaping @Sendable (String) -> Void) {
        self.stream = stream
        self.print = print
    }

    /// Takes one document.
    public func receive(_ document: Document) {
        switch document {
        case .start(let start): runs.withLock { $0[start.uid] = ScanCurves(start) }
        case .descriptor(let descriptor):
            guard descriptor.name == stream else { return }
            runs.withLock { $0[descriptor.runStart]?.begin(descriptor) }
        case .event(let event):
            runs.withLock { runs in
                for uid in runs.keys where runs[uid]?.add(event) == true { return }
            }
        case .stop(let stop):
            for line in runs.withLock({ $0.removeValue(forKey: stop.runStart) })?.lines ?? [] { print(line) }
        default: break
        }
    }
}

/// The curves of one run: hinted fields over its one dimension.
private struct ScanCurves {
    private struct Curve {
        let field: String
        let precision: Int
        var values: [Double] = []
    }

    /// More points are not kept.
    private static let mostPoints = 1_000_000

    private let dimension: String
    private var precision = 3
    private var descriptors: Set<String> = []
    private var positions: [Double] = []
    private var curves: [Curve] = []

    /// Nil if the run has not exactly one dimension, or that is time.
    init?(_ start: RunStart) {
        guard let dimensions = start.metadata["hints"]?["dimensions"]?.array, dimensions.count == 1,
            let fields = dimensions[0].array?.first,
            let field = fields.array?.first?.string ?? fields.string, field != "time"
        else { return nil }
        dimension = field
    }

    mutating func begin(_ descriptor: EventDescriptor) {
        descriptors.insert(descriptor.uid)
        guard curves.isEmpty, let key = descriptor.dataKeys[dimension] else { return }
        precision = key.precision ?? 3
        for (_, hints) in descriptor.hints {
            for field in hints.fields ?? [] where field != dimension && !curves.contains(where: { $0.field == field }) {
                guard let key = descriptor.dataKeys[field], key.dtype == .number || key.dtype == .integer else {
                    continue
                }
                curves.append(Curve(field: field, precision: key.precision ?? 3))
            }
        }
    }

    /// Adds a point; one with a number that was there before replaces it. Returns whether the event is of this run.
    mutating func add(_ event: Event) -> Bool {
        guard descriptors.contains(event.descriptor) else { return false }
        let index = event.seqNum - 1
        guard index >= 0, index <= positions.count, index < Self.mostPoints else { return true }
        put(event.data[dimension]?.number ?? .nan, in: &positions, at: index)
        for curve in curves.indices {
            put(event.data[curves[curve].field]?.number ?? .nan, in: &curves[curve].values, at: index)
        }
        return true
    }

    private func put(_ value: Double, in values: inout [Double], at index: Int) {
        if index < values.count { values[index] = value } else { values.append(value) }
    }

    var lines: [String] {
        guard positions.count > 1 else { return [] }
        return curves.compactMap { curve in
            PeakStatistics(x: positions, y: curve.values).map { line(curve, $0) }
        }
    }

    private func line(_ curve: Curve, _ statistics: PeakStatistics) -> String {
        func value(_ point: PeakStatistics.Point) -> String {
            "\(fixedPoint(point.y, precision: curve.precision)) at \(fixedPoint(point.x, precision: precision))"
        }
        func position(_ name: String, _ number: Double?) -> String {
            number.map { "   \(name) \(fixedPoint($0, precision: precision))" } ?? ""
        }
        return "\(curve.field) over \(dimension):   max \(value(statistics.maximum))   min \(value(statistics.minimum))"
            + position("com", statistics.centerOfMass) + position("cen", statistics.center)
            + position("fwhm", statistics.fullWidthHalfMaximum)
    }
}
