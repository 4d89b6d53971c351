import Devices
import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct GoldenPlanTests {
    let det = InstantDetector()
    let m1 = InstantMotor("m1")
    let m2 = InstantMotor("m2")
    let m3 = InstantMotor("m3")

    @Test(
        arguments: [
            "count", "count_num3_delay", "count_empty", "scan", "scan_2motors", "list_scan", "grid_scan",
            "grid_scan_nosnake_3d", "grid_scan_snake_list", "mv",
        ]
    )
    func `Messages and documents are bluesky's`(_ name: String) async throws {
        try await expectGolden(name, plan(name))
    }

    @Test(arguments: ["count_ophyd_sim", "scan_ophyd_sim", "count_ophyd_bool"])
    func `Simulated devices give the documents of ophyd's`(_ name: String) async throws {
        let devices = try DeviceCollection.simulated()
        let det = try #require(try devices.device(at: "det") as? any Readable)
        let motor = try #require(try devices.device(at: "motor") as? any Positioner)
        let boolSig = try #require(try devices.device(at: "bool_sig") as? any Readable)
        // The recording began with the motor at 5.
        try await motor.set(5).wait()
        let plan =
            switch name {
            case "count_ophyd_sim": try count([det], num: 2)
            case "scan_ophyd_sim": try scan([det], [ScanAxis(motor, -1, 1)], num: 3)
            default: try count([boolSig])
            }
        try await expectGolden(name, plan)
    }

    private func plan(_ name: String) throws -> Plan {
        switch name {
        case "count": try count([det])
        case "count_num3_delay": try count([det], num: 3, delay: 0.01)
        case "count_empty": try count([])
        case "scan": try scan([det], [ScanAxis(m1, -1, 1)], num: 3)
        case "scan_2motors": try scan([det], [ScanAxis(m1, -1, 1), ScanAxis(m2, 0, 10)], num: 3)
        case "list_scan": try listScan([det], [ListAxis(m1, [1, 2]), ListAxis(m2, [3, 4])])
        case "grid_scan":
            try gridScan([det], [GridAxis(m1, 0, 1, 2), GridAxis(m2, 0, 2, 3)], snakeAxes: true)
        case "grid_scan_nosnake_3d":
            try gridScan([det], [GridAxis(m1, 0, 1, 2), GridAxis(m2, 0, 1, 2), GridAxis(m3, 0, 1, 2)])
        case "grid_scan_snake_list":
            try gridScan(
                [det],
                [GridAxis(m1, 0, 1, 2), GridAxis(m2, 0, 1, 2), GridAxis(m3, 0, 1, 2)],
                snakeAxes: .motors([m3])
            )
        default: mv([Move(m1, 1), Move(m2, 2)])
        }
    }

    private func expectGolden(_ name: String, _ plan: Plan) async throws {
        let golden = try GoldenCase(name)
        let messages = Log<MessageRecord>()
        var configuration = EngineConfiguration()
        configuration.messageHook = { messages.append(MessageRecord($0)) }
        let collector = DocumentCollector()
        let outcome = try await RunEngine(configuration: configuration).run(plan, sinks: [collector])

        #expect(outcome.exitStatus == .success)
        #expect(comparableMessages(messages.elements.map(\.json)) == comparableMessages(golden.messages))
        #expect(collector.names == golden.documentNames)
        #expect(
            collector.starts.first.map { comparableDocument($0.json) }
                == golden.start.map { comparableDocument($0.object ?? [:]) }
        )
        #expect(
            collector.descriptors.first.map { comparableDocument($0.json) }
                == golden.descriptor.map { comparableDocument($0.object ?? [:]) }
        )
        #expect(
            collector.stops.first.map { comparableDocument($0.json) }
                == golden.stop.map { comparableDocument($0.object ?? [:]) }
        )
        #expect(
            collector.events.map { comparable([.integer($0.seqNum), .object($0.data)]) }
                == golden.events.map { comparable($0) }
        )
        #expect(outcome.runUIDs == collector.starts.map(\.uid))
    }
}
