import EngineTestSupport
import Testing
import Wire

@testable import EventModel

struct StatisticsTests {
    @Test func `A symmetric peak has its middle in the middle`() throws {
        let statistics = try #require(PeakStatistics(x: [0, 1, 2, 3, 4], y: [0, 0, 4, 0, 0]))
        #expect(statistics.maximum == PeakStatistics.Point(x: 2, y: 4))
        #expect(statistics.minimum == PeakStatistics.Point(x: 0, y: 0))
        #expect(statistics.centerOfMass == 2)
        #expect(statistics.center == 2)
        #expect(statistics.fullWidthHalfMaximum == 1)
    }

    @Test func `A step has a middle but no width, and a flat line has neither`() throws {
        let step = try #require(PeakStatistics(x: [0, 1, 2, 3], y: [0, 0, 2, 2]))
        #expect(step.center == 1.5)
        #expect(step.fullWidthHalfMaximum == nil)
        let flat = try #require(PeakStatistics(x: [5, 6], y: [1, 1]))
        #expect(flat.center == nil)
        #expect(flat.centerOfMass == 5.5)
        #expect(try #require(PeakStatistics(x: [1, 2], y: [0, 0])).centerOfMass == nil)
    }

    @Test func `Points that are no numbers do not count`() throws {
        let statistics = try #require(PeakStatistics(x: [0, .nan, 2], y: [1, 9, .infinity]))
        #expect(statistics.maximum == PeakStatistics.Point(x: 0, y: 1))
        #expect(PeakStatistics(x: [.nan], y: [1]) == nil)
        #expect(PeakStatistics(x: [], y: []) == nil)
    }

    @Test func `At the end of a scan over one dimension its curves are described`() throws {
        let lines = Log<String>()
        let statistics = RunStatistics { lines.append($0) }
        let start = try RunStart(metadata: ["hints": ["dimensions": [[["m"], "primary"]]]])
        let descriptor = descriptor(of: start)
        for document in [.start(start), .descriptor(descriptor)] as [Document] { statistics.receive(document) }
        // The second point is taken twice, as after a pause.
        for (number, value) in [(1, 0.0), (2, 9.0), (2, 4.0), (3, 0.0)] {
            statistics.receive(.event(event(number, m: Double(number), d: value, descriptor)))
        }
        statistics.receive(.stop(RunStop(runStart: start.uid, exitStatus: .success)))
        #expect(
            lines.elements == [
                "d over m:   max 4.000 at 2.000   min 0.000 at 1.000   com 2.000   cen 2.000   fwhm 1.000"
            ]
        )
    }

    @Test func `Runs over time or over several dimensions are not described`() throws {
        let lines = Log<String>()
        let time: JSONValue = [[["time"], "primary"]]
        let plane: JSONValue = [[["m"], "primary"], [["y"], "primary"]]
        for dimensions in [time, plane] {
            let statistics = RunStatistics { lines.append($0) }
            let start = try RunStart(metadata: ["hints": ["dimensions": dimensions]])
            let descriptor = descriptor(of: start)
            statistics.receive(.start(start))
            statistics.receive(.descriptor(descriptor))
            for number in 1...3 { statistics.receive(.event(event(number, m: 1, d: 1, descriptor))) }
            statistics.receive(.stop(RunStop(runStart: start.uid, exitStatus: .success)))
        }
        #expect(lines.elements.isEmpty)
    }

    private func descriptor(of start: RunStart) -> EventDescriptor {
        EventDescriptor(
            runStart: start.uid,
            name: "primary",
            dataKeys: ["m": DataKey(source: "x", dtype: .number), "d": DataKey(source: "x", dtype: .number)],
            objectKeys: ["m": ["m"], "d": ["d"]],
            configuration: [:],
            hints: ["m": Hints(fields: ["m"]), "d": Hints(fields: ["d"])]
        )
    }

    private func event(_ number: Int, m: Double, d: Double, _ descriptor: EventDescriptor) -> Event {
        Event(
            data: ["m": .double(m), "d": .double(d)],
            timestamps: ["m": 0, "d": 0],
            seqNum: number,
            descriptor: descriptor.uid
        )
    }
}
