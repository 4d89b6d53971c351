import EventModel
import Synchronization
import Testing
import Wire

struct SinkTests {
    private func documents() throws -> [Document] {
        let start = try RunStart(
            uid: "12345678-aaaa",
            metadata: ["plan_name": "scan", "scan_id": 3, "hints": ["dimensions": [[["motor"], "primary"]]]]
        )
        let keys: DataKeys = [
            "det": DataKey(source: "SIM:det", dtype: .number, precision: 2),
            "motor": DataKey(source: "SIM:motor", dtype: .number),
            "motor_setpoint": DataKey(source: "SIM:motor_setpoint", dtype: .number),
        ]
        let descriptor = EventDescriptor(
            runStart: start.uid,
            name: "primary",
            dataKeys: keys,
            objectKeys: ["det": ["det"], "motor": ["motor", "motor_setpoint"]],
            configuration: [:],
            hints: ["det": Hints(fields: ["det"]), "motor": Hints(fields: ["motor"])]
        )
        let event = Event(
            data: ["det": 1.2345, "motor": -1.0, "motor_setpoint": -1.0],
            timestamps: ["det": 0, "motor": 0, "motor_setpoint": 0],
            seqNum: 1,
            descriptor: descriptor.uid
        )
        let stop = RunStop(runStart: start.uid, exitStatus: .fail, reason: "no beam")
        return [.start(start), .descriptor(descriptor), .event(event), .stop(stop)]
    }

    @Test func `The table shows dimensions and hinted fields`() throws {
        let lines = Mutex<[String]>([])
        let table = LiveTable { line in lines.withLock { $0.append(line) } }
        for document in try documents() { table.receive(document) }
        let text = lines.withLock { $0 }
        #expect(text.contains("+-----------+------------+------------+------------+"))
        #expect(text.contains("|   seq_num |       time |      motor |        det |"))
        let row = try #require(text.first { $0.contains("-1.000") })
        #expect(row.hasPrefix("|         1 | "))
        #expect(row.hasSuffix(" |     -1.000 |       1.23 |"))
        #expect(text.contains { $0.contains("Scan ID: 3") && $0.contains("scan") })
        #expect(text.contains("Run UID: 12345678-aaaa"))
        #expect(text.contains("scan ['12345678'] (scan num: 3)   fail: no beam"))
    }

    @Test func `Each document becomes one line of JSON`() throws {
        let bytes = Mutex<[UInt8]>([])
        let sink = JSONLinesSink { line in bytes.withLock { $0 += line } }
        for document in try documents() { try sink.receive(document) }
        let lines = bytes.withLock { $0 }.split(separator: UInt8(ascii: "\n"))
        let values = try lines.map { try JSONValue(parsing: Array($0)) }
        #expect(values.map { $0["name"] } == ["start", "descriptor", "event", "stop"])
        #expect(values.last?["doc"]?["reason"] == "no beam")
    }

    @Test func `A file that cannot be opened is an error that names it`() {
        do {
            _ = try JSONLinesSink(path: "/nowhere/at/all.jsonl")
            Issue.record("It was opened")
        } catch {
            #expect("\(error)".contains("'/nowhere/at/all.jsonl'"))
        }
    }
}
