import Devices
import EngineTestSupport
import EventModel
import Glibc
import Plans
import RunEngine
import Synchronization
import Testing
import Wire

/// Every kind of stream and document, with the plan interrupted at each of its messages in every way, judged by the
/// package event-model.
@Suite(
    .timeLimit(.minutes(10)),
    .enabled("the Python packages can be installed") { await PythonEnvironment.shared.isAvailable() }
)
struct InterruptedDocumentsTests {
    enum Interruption: String, CaseIterable, Sendable {
        case none, stop, abort, halt, resume, deferred, pauseAndStop, pauseAndAbort, pauseAndHalt, suspend
    }

    @Test(arguments: ["images", "points", "monitored", "flights", "rows", "nested", "endless"])
    func `Documents are valid wherever a plan is interrupted`(name: String) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/documents.jsonl"
        let file = try #require(fopen(path, "w"))
        let count = try await write(name, .none, at: 0, to: file)
        for interruption in Interruption.allCases.dropFirst() {
            for position in 0..<count { _ = try await write(name, interruption, at: position, to: file) }
        }
        fclose(file)
        let result = try await PythonEnvironment.shared.run("check_documents.py", [path])
        #expect(result.isSuccess, "\(result.output)")
    }

    /// Carries a plan out, writes the documents, and returns how many messages there were.
    private func write(
        _ name: String,
        _ interruption: Interruption,
        at position: Int,
        to file: UnsafeMutablePointer<FILE>
    ) async throws -> Int {
        let alarm = ManualSignal("alarm", false)
        let messages = Mutex(0)
        let driver = Driver(interruption, alarm)
        var configuration = EngineConfiguration()
        configuration.recordInterruptions = position.isMultiple(of: 2)
        configuration.messageHook = { message in
            let number = messages.withLock { count in
                defer { count += 1 }
                return count
            }
            driver.message(message.command.name, isNow: number == position)
        }
        configuration.onStateChange = { new, _ in if new == .paused { driver.paused() } }
        let engine = RunEngine(configuration: configuration)
        driver.attach(engine)
        try await engine.install(Suspender(alarm, .high))
        let documents = DocumentCollector()
        _ = try await engine.run(try plan(name), sinks: [documents])
        let title: JSONValue = ["case": .string("\(name), \(interruption) at \(position)")]
        fputs(title.encodedText + "\n", file)
        for document in documents.documents {
            let line: JSONValue = ["name": .string(document.name.rawValue), "doc": .object(document.json)]
            fputs(line.encodedText + "\n", file)
        }
        return messages.withLock { $0 }
    }

    /// Interrupts the engine, and goes on when it is paused or held.
    private final class Driver: Sendable {
        private let interruption: Interruption
        private let alarm: ManualSignal
        private let engine = Mutex<RunEngine?>(nil)

        init(_ interruption: Interruption, _ alarm: ManualSignal) {
            self.interruption = interruption
            self.alarm = alarm
        }

        func attach(_ engine: RunEngine) { self.engine.withLock { $0 = engine } }

        func message(_ command: String, isNow: Bool) {
            // The plan is held.
            if command == "wait_for" { alarm.put(false) }
            guard isNow, let engine = engine.withLock({ $0 }) else { return }
            switch interruption {
            case .none: break
            case .stop: try? engine.stop()
            case .abort: try? engine.abort(reason: "enough")
            case .halt: try? engine.halt()
            case .deferred: try? engine.requestPause(deferred: true)
            case .suspend: alarm.put(true)
            default: try? engine.requestPause()
            }
        }

        func paused() {
            guard let engine = engine.withLock({ $0 }) else { return }
            switch interruption {
            case .pauseAndStop: try? engine.stop()
            case .pauseAndAbort: try? engine.abort()
            case .pauseAndHalt: try? engine.halt()
            default: try? engine.resume()
            }
        }
    }

    // MARK: Plans

    private func plan(_ name: String) throws -> Plan {
        let (det, motor, signal) = (InstantDetector(), InstantMotor("motor"), ManualSignal("signal"))
        switch name {
        case "images":
            let camera = SimulatedAreaDetector("camera", width: 2, height: 2, exposureTime: 0)
            let image = ImageFileSignal("image", image: [[1, 2], [3, 4]])
            return try count([camera, image, det], num: 2)
        case "points":
            return try relScan([det], [ScanAxis(motor, -1, 1)], num: 2).withBaseline([signal])
        case "monitored":
            return try count(
                [det],
                num: 2,
                perShot: { context, detectors in
                    signal.put(1)
                    try await context.configure(signal, ["gain": 2])
                    try await context.oneShot(detectors)
                }
            ).preprocessed { context, plan in try await context.withMonitors([signal]) { try await plan($0) } }
        case "flights":
            let flyer = SimulatedFlyer("flyer", detector: det, motor: motor, from: 0, to: 1, num: 3)
            return fly([flyer, TrivialFlyer("trivial")])
        case "rows": return rows()
        case "nested": return nested(det, motor)
        default:
            return Plan("endless") { context in
                // Left to the engine, with an event that is not complete.
                try await context.openRun()
                try await context.clearCheckpoint()
                try await context.triggerAndRead([det])
                try await context.create("other")
                try await context.read(motor)
            }
        }
    }

    private func rows() -> Plan {
        let camera = SimulatedAreaDetector("camera", width: 2, height: 2, exposureTime: 0)
        return Plan("rows") { context in
            _ = try await context.withStaged([camera]) {
                try await context.withRun {
                    try await context.prepare(camera, 2, wait: true)
                    try await context.declareStream([camera], name: "flight", collect: true)
                    try await context.checkpoint()
                    try await context.kickoff(camera, wait: true)
                    try await context.collectWhileCompleting([camera], [camera], stream: "flight")
                }
            }
        }
    }

    private func nested(_ det: InstantDetector, _ motor: InstantMotor) -> Plan {
        Plan("nested") { context in
            _ = try await context.withRun {
                try await context.triggerAndRead([det])
                try await context.withRunKey("inner") { context in
                    _ = try await context.withRun {
                        try await context.mv(motor, 1)
                        try await context.triggerAndRead([det, motor])
                        try await context.create("dropped")
                        try await context.read(det)
                        try await context.drop()
                    }
                }
                try await context.checkpoint()
                try await context.triggerAndRead([det])
            }
        }
    }
}
