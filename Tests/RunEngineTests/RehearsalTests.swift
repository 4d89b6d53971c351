import EngineTestSupport
import EventModel
import Plans
import Testing
import Wire

@testable import Devices
@testable import RunEngine

struct RehearsalTests {
    private func motor(_ name: String) -> SimulatedMotor {
        var options = SimulatedMotor.Options()
        options.velocity = 2
        options.delay = 0.5
        options.limits = -10...10
        return SimulatedMotor(name, options)
    }

    @Test func `A rehearsal moves nothing and knows how long the plan takes`() async throws {
        let motor = motor("m")
        let detector = GaussianDetector("d", axes: [.init(motor, field: "m")], exposureTime: 1)
        let plan = try scan([detector], [ScanAxis(motor, 0, 4)], num: 3)
        let rehearsal = await Rehearsal(of: plan)
        // Three delays, two moves of one second, three exposures.
        #expect(abs(rehearsal.duration - 6.5) < 1e-9)
        #expect(rehearsal.runCount == 1)
        #expect(rehearsal.eventCount == 3)
        #expect(rehearsal.problems.isEmpty)
        #expect(rehearsal.unknownDurations.isEmpty)
        #expect(!rehearsal.isCutShort)
        #expect(try await motor.locate().setpoint == 0.0)
    }

    @Test func `What goes on at the same time takes as long as the slowest`() async throws {
        let (near, far) = (motor("near"), motor("far"))
        let rehearsal = await Rehearsal(of: mv([Move(near, 1), Move(far, 8)]))
        #expect(abs(rehearsal.duration - 4.5) < 1e-9)
    }

    @Test func `Setpoints out of limits are told, each once`() async throws {
        let motor = motor("m")
        let rehearsal = await Rehearsal(of: try count([motor]).withBaseline([motor]))
        #expect(rehearsal.problems.isEmpty)
        let bad = await Rehearsal(
            of: Plan("bad") { context in
                for _ in 0..<3 { try await context.mv(motor, 11) }
            }
        )
        #expect(bad.problems == ["m: the setpoint 11.0 is out of the limits -10.0 to 10.0"])
    }

    @Test func `Relative plans count from where the device would be`() async throws {
        let motor = motor("m")
        let rehearsal = await Rehearsal(
            of: Plan("walk") { context in
                try await context.mv(motor, 6)
                try await context.mvr(motor, 6)
            }
        )
        #expect(rehearsal.records.filter { $0.command == "set" }.map(\.arguments) == [[6], [12]])
        #expect(rehearsal.problems.count == 1)
    }

    @Test func `A plan that fails says so, and one without end is cut short`() async throws {
        let failing = await Rehearsal(of: Plan("failing") { _ in throw TestError() })
        #expect(failing.problems == ["The plan fails: something broke"])
        let endless = await Rehearsal(of: try count([InstantDetector()], num: nil), limit: 50)
        #expect(endless.isCutShort)
        #expect(endless.messages.count == 50)
        #expect(endless.problems.isEmpty)
        #expect(endless.unknownDurations == ["det"])
    }

    @Test func `A plan that decides by what it reads comes to its end`() async throws {
        let motor = motor("m")
        let detector = GaussianDetector("d", axes: [.init(motor, field: "m")])
        let search = CentroidSearch(motor, signal: "d", from: -1, to: 1, minStep: 0.1)
        let rehearsal = await Rehearsal(of: try tuneCentroid([detector], search))
        #expect(rehearsal.problems.isEmpty)
        #expect(!rehearsal.isCutShort)
    }

    @Test func `A pace is kept in planned time`() async throws {
        let detector = GaussianDetector("d", axes: [.init(motor("m"), field: "m")], exposureTime: 1)
        let rehearsal = await Rehearsal(of: try count([detector], num: 3, delay: 1.5))
        #expect(rehearsal.records.filter { $0.command == "sleep" }.map(\.arguments) == [[0.5], [0.5], [0.5]])
        #expect(rehearsal.duration == 4.5)
        let exposures = zip(rehearsal.records, rehearsal.moments).filter { $0.0.command == "trigger" }.map(\.1)
        #expect(exposures == [0, 1.5, 3])
    }

    @Test func `Flyers are told, and how long they fly if they know`() async throws {
        let motor = motor("m")
        let flyer = SimulatedFlyer("f", detector: SimulatedSignal("s", value: 0), motor: motor, from: 0, to: 4, num: 2)
        let rehearsal = await Rehearsal(of: fly([flyer, TrivialFlyer("t")]))
        // Two delays of the motor and one move of two seconds.
        #expect(rehearsal.duration == 3)
        #expect(rehearsal.flyers == ["f", "t"])
        #expect(rehearsal.unknownDurations == ["t"])
    }

    @Test func `A plan that asks is cut short there`() async throws {
        let (motor, detector) = (motor("m"), InstantDetector())
        let rehearsal = await Rehearsal(of: tweak(detector, targetField: "det", motor, step: 1))
        #expect(rehearsal.isCutShort)
        #expect(rehearsal.question?.hasPrefix("m is at 0.0") == true)
        #expect(rehearsal.problems.isEmpty)
        #expect(rehearsal.eventCount == 1)
    }

    @Test func `A bar shows how much is done, where, and how long it takes`() {
        let progress = Progress(
            name: "m",
            current: 1.25,
            initial: 0,
            target: 5,
            unit: "mm",
            fraction: 0.75,
            timeRemaining: 3
        )
        #expect(ProgressBars.line(progress) == "m:  25% |#####               | 1.25 of 5.0 mm  3.0 s left")
        #expect(ProgressBars.line(Progress(name: "x")) == "x: ")
        #expect(ProgressBars.line(Progress(fraction: .nan)) == "")
    }
}
