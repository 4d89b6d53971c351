import Devices
import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

/// Devices that refuse, fail, stall or do not answer at all: the engine always comes to its end.
struct FaultyDeviceTests {
    /// An engine that gives devices little time.
    private func harness(
        patience: Double = 0.02,
        onMessage: @escaping @Sendable (Message) -> Void = { _ in }
    ) -> EngineHarness {
        EngineHarness { configuration in
            configuration.devicePatience = patience
            configuration.messageHook = onMessage
        }
    }

    private static let faults = FaultyDevice.Action.allCases.flatMap { action in
        FaultyDevice.Fault.allCases.map { (action, $0) }
    }

    @Test(arguments: faults)
    func `A plan with a faulty device can be aborted, and its run is closed`(
        _ action: FaultyDevice.Action,
        _ fault: FaultyDevice.Fault
    ) async throws {
        let device = FaultyDevice("faulty", faults: [action: fault])
        let messages = Log<String>()
        let harness = harness { messages.append($0.command.name) }
        let call = harness.start { context in
            try await context.withStaged([device]) {
                _ = try await context.withRun {
                    try await context.checkpoint()
                    try await context.set(device, 1, wait: true)
                    try await context.triggerAndRead([device])
                    try await context.kickoff(device, wait: true)
                    try await context.complete(device, wait: true)
                    try await context.collect(device)
                    try await context.sleep(3600)
                }
            }
        }
        // Where the plan stays, if the fault has not ended it.
        let places: [FaultyDevice.Action: String] = [
            .read: "read", .set: "set", .trigger: "trigger", .stage: "stage", .kickoff: "kickoff",
            .complete: "complete", .collect: "collect",
        ]
        if fault == .hang {
            await messages.contains(places[action] ?? "sleep")
            try harness.engine.requestPause()
            // A device that cannot be paused has ended the plan; else it is paused.
            if action != .pause { await harness.states.contains(.paused) }
        } else if fault == .stall, places[action] != nil, action != .read {
            await messages.contains("wait")
        } else if places[action] == nil {
            await messages.contains("sleep")
        }
        try? harness.engine.abort(reason: "enough")
        if action == .unstage, fault == .stall {
            // The clean-up waits for it, for ever.
            await messages.contains("unstage")
            try harness.engine.halt()
        }
        let outcome = try await call.value
        #expect(harness.engine.state == .idle)
        #expect(["aborted", "failed", "halted"].contains(outcome.ending.word))
        #expect(harness.documents.stops.count == harness.documents.starts.count)
    }

    @Test func `A device that does not answer is asked again after a pause`() async throws {
        let device = FaultyDevice("faulty", faults: [.read: .hang])
        let reads = Log<String>()
        let harness = harness { if case .read = $0.command { reads.append("read \(reads.elements.count)") } }
        let call = harness.start { context in
            try await context.checkpoint()
            try await context.read(device)
        }
        await reads.contains("read 0")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        try harness.engine.resume()
        await reads.contains("read 1")
        try harness.engine.halt()
        #expect(try await call.value.ending.word == "halted")
    }

    @Test(arguments: [Witness.Action.stage, .subscribe, .kickoff, .set])
    func `A device that does not answer is asked again after a pause, also where nothing is repeated`(
        _ action: Witness.Action
    ) async throws {
        let hung = Log<Int>()
        let device = Witness("device", troubles: [action: .init(fault: .hang, patience: 0)]) { _ in
            hung.append(hung.elements.count)
        }
        let harness = harness()
        let call = harness.start { context in
            try await context.withRun {
                try await context.withoutRewinding {
                    try await context.stage(device)
                    try await context.monitor(device)
                    try await context.kickoff(device)
                    try await context.set(device, 1)
                }
            }
        }
        await hung.contains(0)
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        try harness.engine.resume()
        await hung.contains(1)
        device.answer()
        let outcome = try await call.value
        #expect(outcome.ending.word == "completed")
        let rest = Status(timeout: 30)
        device.log.wait(rest) { Witness.hasAnswered($0) && Witness.isAtRest($0) }
        try await rest.wait()
    }

    @Test func `A monitor that cannot be resumed leaves the plan paused, and it can be ended`() async throws {
        let device = Witness("device", troubles: [.subscribe: .init(fault: .hang, patience: 1)])
        let messages = Log<String>()
        let harness = harness { messages.append($0.command.name) }
        let call = harness.start { context in
            try await context.withRun {
                try await context.monitor(device)
                try await context.sleep(3600)
            }
        }
        await messages.contains("sleep")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        try harness.engine.resume()
        await harness.reports.contains(
            "A device could not be resumed, the plan stays paused: device: it did not answer within 0.02 s"
        )
        try harness.engine.abort()
        #expect(try await call.value.ending.word == "aborted")
        device.answer()
    }

    @Test func `A flyer that was read by itself can be collected`() async throws {
        let device = Witness("device")
        let harness = harness()
        let outcome = try await harness.run { context in
            try await context.withRun {
                try await context.triggerAndRead([device])
                try await context.kickoff(device, wait: true)
                try await context.complete(device, wait: true)
                try await context.collect(device)
            }
        }
        #expect(outcome.ending.word == "completed")
        #expect(harness.documents.descriptors.map(\.name) == ["primary", "device_flight"])
    }

    @Test func `An abort while an event is taken again leaves no other error`() async throws {
        let reader = Witness("reader", troubles: [.read: .init(fault: .hang, patience: 0)])
        let motor = Witness("motor", troubles: [.set: .init(fault: .hang, patience: 1)])
        let harness = harness()
        let call = harness.start { context in
            try await context.withRun {
                try await context.checkpoint()
                try await context.set(motor, 1)
                try await context.triggerAndRead([reader])
            }
        }
        await reader.log.contains("hangs")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        try harness.engine.resume()
        await motor.log.contains("hangs")
        try harness.engine.abort()
        #expect(try await call.value.ending.word == "aborted")
    }

    @Test func `People are told whom the engine waits for`() async throws {
        let device = Witness("device", troubles: [.set: .init(fault: .hang, patience: 0)])
        let harness = harness(patience: 60)
        let call = harness.start { context in try await context.set(device, 1) }
        await device.log.contains("hangs")
        try harness.engine.abort()
        await harness.reports.contains("Waiting for device, which has 60.0 s to answer")
        device.answer()
        #expect(try await call.value.ending.word == "aborted")
    }

    @Test func `An answer that comes within the patience counts, also after a request`() async throws {
        let gate = Status()
        let device = GatedDevice(gate)
        let messages = Log<String>()
        let harness = harness(patience: 60) { messages.append($0.command.name) }
        let call = harness.start { context in
            _ = try await context.withRun {
                try await context.checkpoint()
                try await context.set(device, 1)
                try await context.sleep(3600)
            }
        }
        await messages.contains("set")
        try harness.engine.abort()
        gate.finish()
        #expect(try await call.value.ending.word == "aborted")
        // It began to move, so it was stopped after that.
        #expect(device.log.elements == ["set", "stop"])
    }

    @Test func `A device that begins to move after it was given up is stopped`() async throws {
        let gate = Status()
        let device = GatedDevice(gate)
        let messages = Log<String>()
        let harness = harness { messages.append($0.command.name) }
        let call = harness.start { context in try await context.set(device, 1) }
        await messages.contains("set")
        try harness.engine.abort()
        #expect(try await call.value.ending.word == "aborted")
        #expect(device.log.elements == ["stop"])
        gate.finish()
        await device.log.contains("stop, failed")
        #expect(device.log.elements == ["stop", "set", "stop, failed"])
    }

    @Test func `A device that cannot be stopped is reported`() async throws {
        let device = FaultyDevice("faulty", faults: [.stop: .hang])
        let harness = harness()
        let outcome = try await harness.run { context in try await context.set(device, 1, wait: true) }
        #expect(outcome.ending.word == "completed")
        // A slow machine also tells whom it waits for.
        #expect(harness.reports.elements.last == "faulty could not be stopped: faulty: it did not answer within 0.02 s")
    }

    @Test func `A device that cannot be resumed leaves the plan paused, and it can be ended`() async throws {
        let device = FaultyDevice("faulty", faults: [.resume: .hang])
        let messages = Log<String>()
        let harness = harness { messages.append($0.command.name) }
        let call = harness.start { context in
            try await context.set(device, 1, wait: true)
            try await context.sleep(3600)
        }
        await messages.contains("sleep")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        try harness.engine.resume()
        await harness.reports.contains(
            "A device could not be resumed, the plan stays paused: faulty: it did not answer within 0.02 s"
        )
        #expect(harness.engine.state == .paused)
        try harness.engine.stop()
        #expect(try await call.value.ending.word == "stopped")
    }

    @Test func `A move that never ends is ended by a pause, and goes on after it`() async throws {
        let device = FaultyDevice("faulty", faults: [.set: .stall])
        let messages = Log<String>()
        let harness = harness { messages.append($0.command.name) }
        let call = harness.start { context in
            try await context.checkpoint()
            try await context.set(device, 1, wait: true)
        }
        await messages.contains("wait")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        messages.clear()
        try harness.engine.resume()
        await messages.contains("wait")
        try harness.engine.abort()
        #expect(try await call.value.ending.word == "aborted")
    }
}

/// A device that answers to `set` when the test says so, and writes down what happens.
private final class GatedDevice: Movable, Stoppable {
    let name = "gated"
    let log = Log<String>()
    private let gate: Status

    init(_ gate: Status) { self.gate = gate }

    func set(_ setpoint: JSONValue) async throws -> Status {
        try await gate.wait()
        log.append("set")
        return Status(name: name)
    }

    func stop(success: Bool) { log.append(success ? "stop" : "stop, failed") }
}
