import Logging
import QueueStore
import Synchronization
import Testing
import Wire

@testable import Manager

@Suite struct LogTests {
    @Test func `a plan that starts is logged with its parameters and its user`() {
        let lines = lines { logger in
            let item: JSONObject = [
                "name": "count", "item_type": "plan", "item_uid": "u1", "args": [["det1"]], "kwargs": ["num": 2],
                "user": "Ada", "user_group": "primary",
            ]
            PlanLog(logger: logger).note([.set(.runningItem, .object(item)), .set(.queueMode, [:])])
        }
        #expect(
            lines == [
                "info Starting the plan count(['det1'], num=2) item_uid=u1 user='Ada' user_group='primary'"
            ]
        )
    }

    @Test func `a plan that ends is logged with how it ended`() {
        func item(_ result: JSONObject) -> QueueItem {
            QueueItem(uid: "u1", members: ["name": "count", "item_uid": "u1", "result": .object(result)])
        }
        let lines = lines { logger in
            let log = PlanLog(logger: logger)
            log.note([
                .set(.runningItem, nil),
                .record(item(["exit_status": "completed", "scan_ids": [3], "time_start": 1.0, "time_stop": 2.5])),
            ])
            log.note([.record(item(["exit_status": "failed", "msg": "no beam\nmore", "scan_ids": []]))])
        }
        #expect(
            lines == [
                "info The plan count has ended: completed item_uid=u1 scan_ids=[3] seconds=1.5",
                "error The plan count has ended: failed. no beam item_uid=u1",
            ]
        )
    }

    @Test func `parameters without end are cut`() {
        let positions = JSONValue.array((0..<10_000).map { .double(Double($0)) })
        let item = QueueItem(uid: "u1", members: ["name": "list_scan", "args": [positions]])
        #expect(PlanLog.call(item).count < 1_100)
        #expect(PlanLog.call(item).hasSuffix("…)"))
    }

    @Test func `a request is logged with who asked for what`() {
        let lines = lines { logger in
            var entry = AuditEntry(
                time: 0,
                client: "laptop",
                address: "10.0.0.7",
                user: "Ada\n",
                method: "queue_item_add"
            )
            entry.names = ["count"]
            entry.uids = ["u1"]
            RequestLog(logger: logger).note(entry)
            entry = AuditEntry(time: 0, method: "queue_start")
            entry.success = false
            entry.message = "RE Worker environment does not exist.\nMore"
            RequestLog(logger: logger).note(entry)
        }
        #expect(
            lines == [
                "info queue_item_add: done from=10.0.0.7 items=count key='laptop' uids=u1 user='Ada\\n'",
                "warning queue_start: refused: RE Worker environment does not exist.",
            ]
        )
    }

    /// What is logged, as the level, the text and the values.
    private func lines(_ body: (Logger) -> Void) -> [String] {
        let handler = RecordingHandler()
        body(Logger(label: "test") { _ in handler })
        return handler.lines
    }
}

private struct RecordingHandler: LogHandler {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    private let recorded = Lines()

    var lines: [String] { recorded.all.withLock(\.self) }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted()
        let line = (["\(event.level) \(event.message)"] + values).joined(separator: " ")
        recorded.all.withLock { $0.append(line) }
    }
}
