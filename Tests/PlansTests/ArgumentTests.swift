import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct ArgumentTests {
    let det = InstantDetector()
    let m1 = InstantMotor("m1")
    let m2 = InstantMotor("m2")

    private func expectRefusal(_ text: String, _ make: () throws -> Plan) {
        do {
            _ = try make()
            Issue.record("It was made")
        } catch {
            #expect(error is PlanError)
            #expect("\(error)".contains(text), "\(error)")
        }
    }

    @Test func `Arguments that do not fit are refused before anything moves`() {
        expectRefusal("at least 1, not 0") { try scan([det], [ScanAxis(m1, 0, 1)], num: 0) }
        expectRefusal("at least one motor") { try scan([det], [], num: 3) }
        expectRefusal("'m1' is listed more than once") {
            try scan([det], [ScanAxis(m1, 0, 1), ScanAxis(m1, 0, 1)], num: 3)
        }
        expectRefusal("stop of 'm1' must be a finite number, not \"far\"") {
            try scan([det], [ScanAxis(m1, 0, "far")], num: 3)
        }
        expectRefusal("must be a finite number, not NaN") { try scan([det], [ScanAxis(m1, 0, Double.nan)], num: 3) }
        expectRefusal("they have m1: 1, m2: 2") { try listScan([det], [ListAxis(m1, [1]), ListAxis(m2, [1, 2])]) }
        expectRefusal("at least 1, not 0") { try listScan([det], [ListAxis(m1, [Int]())]) }
        expectRefusal("at least 1, not -2") { try gridScan([det], [GridAxis(m1, 0, 1, -2)]) }
        expectRefusal("more points than can be counted") {
            try gridScan([det], [GridAxis(m1, 0, 1, .max), GridAxis(m2, 0, 1, .max)])
        }
        expectRefusal("the slowest motor 'm1'") {
            try gridScan([det], [GridAxis(m1, 0, 1, 2), GridAxis(m2, 0, 1, 2)], snakeAxes: .motors([m1]))
        }
        expectRefusal("'m2', which is not moved") {
            try gridScan([det], [GridAxis(m1, 0, 1, 2)], snakeAxes: .motors([m2]))
        }
        expectRefusal("'m2' more than once") {
            try gridScan([det], [GridAxis(m1, 0, 1, 2), GridAxis(m2, 0, 1, 2)], snakeAxes: .motors([m2, m2]))
        }
        expectRefusal("num=4 but delays only provides 2 entries") { try count([det], num: 4, delay: [1, 2]) }
        expectRefusal("must be a number of seconds") { try count([det], delay: .seconds(.nan)) }
        expectRefusal("from 0, not -1.0") { try sleep(-1) }
    }

    @Test func `A scan of one point takes the first position`() async throws {
        let collector = DocumentCollector()
        let plan = try scan([det], [ScanAxis(m1, 2, 5)], num: 1)
        _ = try await RunEngine().run(plan, sinks: [collector])
        #expect(collector.events.map { $0.data["m1"] } == [2.0])
    }

    @Test func `Metadata and hints of the caller win one by one`() async throws {
        let collector = DocumentCollector()
        let plan = try scan(
            [det],
            [ScanAxis(m1, 0, 1)],
            num: 2,
            metadata: ["plan_name": "mine", "hints": ["gridding": "none"]]
        )
        _ = try await RunEngine().run(plan, sinks: [collector])
        let metadata = try #require(collector.starts.first?.metadata)
        #expect(metadata["plan_name"] == "mine")
        #expect(metadata["hints"] == ["dimensions": [[["m1"], "primary"]], "gridding": "none"])
    }

    @Test func `Recording a plan gives the messages of the engine and moves nothing`() async throws {
        let plan = try gridScan([det], [GridAxis(m1, 1, 2, 2), GridAxis(m2, 1, 2, 2)], snakeAxes: true)
        let recorder = PlanRecorder()
        try await plan(recorder)
        #expect(m1.position == 0)
        let messages = Log<MessageRecord>()
        var configuration = EngineConfiguration()
        configuration.messageHook = { messages.append(MessageRecord($0)) }
        _ = try await RunEngine(configuration: configuration).run(plan)
        #expect(
            comparableMessages(recorder.records.map(\.json)) == comparableMessages(messages.elements.map(\.json))
        )
    }

    @Test func `An endless plan is recorded up to a limit`() async throws {
        let recorder = PlanRecorder(limit: 100)
        await #expect(throws: RequestStop.self) { try await count([det], num: nil)(recorder) }
        #expect(recorder.messages.count == 100)
    }

    @Test func `A context in front of another one changes what passes`() async throws {
        let recorder = PlanRecorder()
        let context = FilteringContext(recorder) { message, next in
            if case .checkpoint = message.command { return .null }
            if case .trigger = message.command { try await next.send(.sleep(seconds: 1)) }
            return try await next.send(message)
        }
        try await count([det])(context)
        #expect(
            recorder.records.map(\.command)
                == ["stage", "open_run", "sleep", "trigger", "wait", "create", "read", "save", "close_run", "unstage"]
        )
    }
}
