internal import EventModel
internal import Synchronization
internal import Wire

/// The metadata that go into every run, and the number of the last run.
final class EngineMetadata: Sendable {
    private let current: Mutex<JSONObject>
    private let store: any MetadataStore
    private let scanIDSource: ScanIDSource?
    private let report: ReportHandler?

    convenience init(store: any MetadataStore, scanIDSource: ScanIDSource?, report: ReportHandler?) throws {
        self.init(try store.load(), store: store, scanIDSource: scanIDSource, report: report)
    }

    convenience init(initial: JSONObject, scanIDSource: ScanIDSource?, report: ReportHandler?) {
        self.init(initial, store: TransientMetadata(initial), scanIDSource: scanIDSource, report: report)
    }

    private init(
        _ metadata: JSONObject,
        store: any MetadataStore,
        scanIDSource: ScanIDSource?,
        report: ReportHandler?
    ) {
        current = Mutex(metadata)
        self.store = store
        self.scanIDSource = scanIDSource
        self.report = report
    }

    var value: JSONObject { current.withLock { $0 } }

    func update(_ change: (inout JSONObject) -> Void) {
        let value = current.withLock { current in
            change(&current)
            return current
        }
        // A run is worth more than its number, so metadata that cannot be saved are no reason to stop.
        do {
            try store.save(value)
        } catch {
            report?("The metadata of the run engine could not be saved: \(error)")
        }
    }

    /// Takes the next number for a run and returns the metadata with it.
    func nextRun() throws -> JSONObject {
        let number = try nextScanID(after: value)
        update { $0["scan_id"] = .integer(number) }
        return value
    }

    private func nextScanID(after metadata: JSONObject) throws -> Int {
        if let scanIDSource { return try scanIDSource(metadata) }
        let last = metadata["scan_id"] ?? 0
        guard let number = last.integer, number < .max else {
            throw MetadataError(
                "The metadata of the run engine hold 'scan_id' \(last.encodedText), which has no next number; "
                    + "it must be an integer below \(Int.max)."
            )
        }
        return number + 1
    }
}
