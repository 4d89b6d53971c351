internal import EventModel

/// A device whose changes are recorded in a stream of a run.
final class Monitor {
    let device: any Subscribable
    let stream: EventStream
    /// Tells monitors apart.
    let number: UInt64
    private var subscription: Subscription?

    init(_ device: any Subscribable, stream: EventStream, number: UInt64) {
        self.device = device
        self.stream = stream
        self.number = number
    }

    /// Begins to listen; what is heard goes to `control`, and comes back to the task of the plan.
    func start(_ caller: DeviceCaller) async throws {
        subscription = try await caller.ask(device, listening(for: caller.control))
    }

    /// Begins to listen again, when a pause is over.
    func resume(_ caller: DeviceCaller) async throws {
        subscription = try await caller.insist(device, listening(for: caller.control))
    }

    private func listening(for control: EngineControl) -> @Sendable () async throws -> Subscription {
        { [number, device] in
            try await device.subscribe { readings in
                control.hear(MonitorReading(monitor: number, readings: readings, time: timestampNow()))
            }
        }
    }

    /// Listens no longer.
    func stop() {
        subscription?.cancel()
        subscription = nil
    }
}

/// What a monitor has heard.
struct MonitorReading: Sendable {
    let monitor: UInt64
    let readings: Readings
    let time: Timestamp
}

extension OpenRun {
    /// Adds a monitor, which listens from then on. The document is the descriptor of its stream.
    func monitor(_ device: any Subscribable, stream name: String?, number: UInt64) async throws -> Document {
        guard !monitors.contains(where: { $0.device === device }) else {
            throw IllegalMessageSequence(
                "A 'monitor' message was sent for '\(device.name)', which is monitored already; 'unmonitor' it first"
            )
        }
        let name = name ?? shortUID("monitor")
        guard !streams.contains(where: { $0.name == name && $0.descriptor != nil && !$0.consists(of: [device]) }) else {
            throw IllegalMessageSequence("The stream '\(name)' has events of other devices; choose another name")
        }
        let known = streams.first { $0.name == name }
        let stream = known ?? EventStream(name: name, asking: caller, isRewound: false)
        let description = try await stream.description(of: device)
        let monitor = Monitor(device, stream: stream, number: number)
        try await monitor.start(caller)
        // What it has heard meanwhile is recorded after this.
        if known == nil { streams.append(stream) }
        monitors.append(monitor)
        return .descriptor(stream.declare([description], run: uid))
    }

    /// Ends a monitor.
    func unmonitor(_ device: any Subscribable) throws {
        guard let monitor = monitors.first(where: { $0.device === device }) else {
            throw IllegalMessageSequence("An 'unmonitor' message was sent for '\(device.name)', which is not monitored")
        }
        monitor.stop()
        monitors.removeAll { $0 === monitor }
    }

    /// The event of what a monitor has heard; nil if the monitor is none of this run.
    func event(of reading: MonitorReading) throws -> Document? {
        guard let monitor = monitors.first(where: { $0.number == reading.monitor }),
            let descriptor = monitor.stream.descriptor
        else { return nil }
        try monitor.stream.devices.first?.validate(reading.readings)
        return .event(monitor.stream.event(of: [reading.readings], descriptor: descriptor, at: reading.time))
    }
}
