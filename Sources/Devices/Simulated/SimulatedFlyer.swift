public import EventModel
public import RunEngine
internal import Synchronization
internal import Wire

/// A simulated flyer: between kickoff and completion it moves a motor in even steps and reads motor and detector at
/// each, all by itself.
public final class SimulatedFlyer: Flyable, EventCollectable, Stoppable, TimeEstimating {
    private struct State {
        var rows: [Readings] = []
        var completion: Status?
        var task: Task<Void, Never>?
    }

    /// The name, which is also that of the stream.
    public let name: String
    private let detector: any Readable
    private let motor: any Positioner
    private let positions: [Double]
    private let state = Mutex(State())

    /// A flyer that takes `num` points from `start` to `stop`.
    public init(
        _ name: String,
        detector: any Readable,
        motor: any Positioner,
        from start: Double,
        to stop: Double,
        num: Int
    ) {
        self.name = name
        self.detector = detector
        self.motor = motor
        let step = num > 1 ? (stop - start) / Double(num - 1) : 0
        positions = (0..<max(num, 0)).map { start + Double($0) * step }
    }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass { DeviceClass(module: "ophyd.sim", name: "MockFlyer") }

    /// Begins.
    ///
    /// - Throws: `DeviceError` if it is under way already.
    public func kickoff() async throws -> Status {
        let completion = Status(name: name)
        let isFree = state.withLock { state in
            if let last = state.completion, !last.isDone { return false }
            state.rows = []
            state.completion = completion
            return true
        }
        guard isFree else {
            throw DeviceError(self, "it is under way already; complete it before it is kicked off again")
        }
        let task = Task.detached { await self.fly(completion) }
        state.withLock { $0.task = task }
        return .finished
    }

    private func fly(_ completion: Status) async {
        do {
            for position in positions {
                try Task.checkCancellation()
                try await motor.set(.double(position)).wait()
                if let detector = detector as? any Triggerable { try await detector.trigger().wait() }
                var row = try await motor.read()
                row.merge(try await detector.read())
                state.withLock { $0.rows.append(row) }
            }
            completion.finish()
        } catch is CancellationError {
            completion.finish()
        } catch {
            completion.fail(error)
        }
    }

    /// The status of the flight.
    ///
    /// - Throws: `DeviceError` if it was never kicked off.
    public func complete() async throws -> Status {
        guard let completion = state.withLock({ $0.completion }) else {
            throw DeviceError(self, "it was never kicked off, so there is nothing to complete")
        }
        return completion
    }

    /// All moves and exposures, if motor and detector know theirs.
    public func estimatedDuration(of action: PlannedAction) async -> Double? {
        guard case .fly = action, let motor = motor as? any TimeEstimating else { return nil }
        var exposure: Double? = 0
        if detector is any Triggerable {
            exposure = await (detector as? any TimeEstimating)?.estimatedDuration(of: .trigger)
        }
        guard let exposure else { return nil }
        var total = exposure * Double(positions.count)
        var last: JSONValue?
        for position in positions {
            let target = JSONValue.double(position)
            guard let move = await motor.estimatedDuration(of: .set(from: last, to: target)) else { return nil }
            total += move
            last = target
        }
        return total
    }

    /// Ends the flight at the next point.
    public func stop(success: Bool) async throws { state.withLock { $0.task }?.cancel() }

    /// Data keys of motor and detector, in a stream called like the flyer.
    public func describeCollect() async throws -> CollectedKeys {
        var keys = try await motor.describe()
        keys.merge(try await detector.describe())
        return .streams([name: keys])
    }

    /// The points since the last call.
    public func collect() async throws -> [Readings] {
        state.withLock { state in
            defer { state.rows = [] }
            return state.rows
        }
    }
}

/// A flyer that does nothing and has a hundred empty events.
public final class TrivialFlyer: Flyable, EventCollectable {
    /// The name.
    public let name: String
    /// The class in the catalogue.
    public let deviceClass: DeviceClass

    /// A flyer of this class.
    public init(_ name: String, className: String = "TrivialFlyer") {
        self.name = name
        deviceClass = DeviceClass(module: "ophyd.sim", name: className)
    }

    /// Does nothing.
    public func kickoff() async throws -> Status { .finished }

    /// Does nothing.
    public func complete() async throws -> Status { .finished }

    /// One stream without data.
    public func describeCollect() async throws -> CollectedKeys { .streams(["stream_name": [:]]) }

    /// A hundred empty events.
    public func collect() async throws -> [Readings] { Array(repeating: [:], count: 100) }
}
