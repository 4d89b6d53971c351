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
            "grid_scan_nosnake_3d", "grid_scan_snake_list", "list_grid_scan", "log_scan", "inner_product_scan",
            "scan_nd", "spiral", "spiral_fermat", "spiral_square", "adaptive_scan", "tune_centroid", "mv", "mvr",
            "count_nomd_baseline",
        ]
    )
    func `Messages and documents are bluesky's`(_ name: String) async throws {
        try await expectGolden(name, plan(name))
    }

    @Test(
        arguments: [
            "rel_scan", "rel_list_scan", "rel_grid_scan", "rel_list_grid_scan", "rel_log_scan", "rel_adaptive_scan",
            "relative_inner_product_scan", "x2x_scan", "rel_spiral", "rel_spiral_fermat", "rel_spiral_square",
        ]
    )
    func `Relative plans have bluesky's messages and documents`(_ name: String) async throws {
        try await expectGolden(name, relativePlan(name))
    }

    @Test(arguments: ["ramp_plan", "monitor_during"])
    func `Monitored plans have bluesky's messages and documents`(_ name: String) async throws {
        let signal = SimulatedSignal("msig", value: 0)
        let det = det
        let m1 = m1
        if name == "ramp_plan" {
            let plan = rampPlan({ try await $0.set(m1, 5, group: "ramp") }, monitor: signal) { context in
                try await context.triggerAndRead([det])
            }
            try await expectGolden(name, plan)
        } else {
            let plan = try count([det]).preprocessed { context, plan in
                try await context.withMonitors([signal]) { try await plan($0) }
            }
            try await expectGolden(name, plan)
        }
    }

    @Test(
        arguments: [
            "count_ophyd_sim", "scan_ophyd_sim", "count_ophyd_bool", "count_ophyd_img", "count_ophyd_direct_img", "fly",
        ]
    )
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
            case "count_ophyd_img": try count([try devices.readable("img")], num: 2)
            case "count_ophyd_direct_img": try count([try devices.readable("direct_img")])
            case "fly": fly([try #require(try devices.device(at: "flyer1") as? any Flyable)])
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
        case "list_grid_scan":
            try listGridScan([det], [ListAxis(m1, [1, 2]), ListAxis(m2, [3, 4, 5])], snakeAxes: true)
        case "log_scan": try logScan([det], m1, from: 0, to: 2, num: 3)
        case "inner_product_scan":
            try innerProductScan([det], num: 3, [ScanAxis(m1, 0, 1), ScanAxis(m2, 0, 2)])
        case "scan_nd": try scanND([det], product)
        case "spiral": try spiral([det], SpiralShape(x: x, y: y, dr: 0.5, nth: 4))
        case "spiral_fermat": try spiralFermat([det], FermatSpiralShape(x: x, y: y, dr: 0.5, factor: 1))
        case "spiral_square": try spiralSquare([det], SquareSpiralShape(x: x, y: y, xNum: 3, yNum: 3))
        case "adaptive_scan": try adaptiveScan([g], adaptiveSearch(backstep: true))
        case "tune_centroid":
            try tuneCentroid([g], CentroidSearch(m1, signal: "g", from: -1, to: 2, minStep: 0.1, num: 5))
        case "count_nomd_baseline": try count([det]).withBaseline([m1])
        case "mvr": mvr([Move(m1, 1)])
        default: mv([Move(m1, 1), Move(m2, 2)])
        }
    }

    private func relativePlan(_ name: String) throws -> Plan {
        switch name {
        case "rel_scan": try relScan([det], [ScanAxis(m1, -1, 1)], num: 3)
        case "rel_list_scan": try relListScan([det], [ListAxis(m1, [1, 2])])
        case "rel_grid_scan": try relGridScan([det], [GridAxis(m1, 0, 1, 2), GridAxis(m2, 0, 2, 2)])
        case "rel_list_grid_scan": try relListGridScan([det], [ListAxis(m1, [1, 2]), ListAxis(m2, [3, 4])])
        case "rel_log_scan": try relLogScan([det], m1, from: 0, to: 2, num: 3)
        case "rel_adaptive_scan": try relAdaptiveScan([g], adaptiveSearch(backstep: false))
        case "relative_inner_product_scan":
            try relativeInnerProductScan([det], num: 3, [ScanAxis(m1, 0, 1), ScanAxis(m2, 0, 2)])
        case "x2x_scan": try x2xScan([det], m1, m2, from: 0, to: 2, num: 3)
        case "rel_spiral": try relSpiral([det], SpiralShape(x: x, y: y, dr: 0.5, nth: 4))
        case "rel_spiral_fermat": try relSpiralFermat([det], FermatSpiralShape(x: x, y: y, dr: 0.5, factor: 1))
        default: try relSpiralSquare([det], SquareSpiralShape(x: x, y: y, xNum: 3, yNum: 2))
        }
    }

    private var g: InstantPeak { InstantPeak("g", of: m1) }
    private var x: SpiralAxis { SpiralAxis(m1, range: 2) }
    private var y: SpiralAxis { SpiralAxis(m2, range: 2) }

    private var product: Trajectory {
        Trajectory(motors: [m1, m2], count: 4) { [.integer($0 / 2 + 1), .integer($0 % 2 + 3)] }
    }

    private func adaptiveSearch(backstep: Bool) -> AdaptiveSearch {
        AdaptiveSearch(
            m1,
            targetField: "g",
            from: -1,
            to: 2,
            minStep: 0.1,
            maxStep: 0.5,
            targetDelta: 0.1,
            backstep: backstep
        )
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
            collector.starts.first.map { withSortedMotors(comparableDocument($0.json)) }
                == golden.start.map { withSortedMotors(comparableDocument($0.object ?? [:])) }
        )
        #expect(
            collector.descriptors.map { comparableDocument($0.json) }
                == golden.descriptors.map { comparableDocument($0.object ?? [:]) }
        )
        #expect(
            collector.stops.first.map { comparableDocument($0.json) }
                == golden.stop.map { comparableDocument($0.object ?? [:]) }
        )
        #expect(
            collector.events.map { withoutLabels(comparable([.integer($0.seqNum), .object($0.data)])) }
                == golden.events.map { withoutLabels(comparable($0)) }
        )
        #expect(outcome.runUIDs == collector.starts.map(\.uid))
    }
}

extension DeviceCollection {
    fileprivate func readable(_ name: String) throws -> any Readable {
        try #require(try device(at: name) as? any Readable)
    }
}
