public import EventModel
public import RunEngine
public import Wire

/// A simulated motor. It arrives at once, or after a delay, or as its velocity has it.
///
/// Its data are the readback, under the name of the motor, and `…_setpoint`; its configuration `…_velocity` and
/// `…_acceleration`.
public final class SimulatedMotor: AssembledDevice, Locatable, Checkable, Stoppable, Triggerable, Subscribable,
    TimeEstimating
{
    /// Motors that differ in what they tell about themselves.
    public enum Variant: String, Sendable, CaseIterable {
        /// An ordinary motor.
        case plain = "SynAxis"
        /// Has hints that are empty.
        case emptyHints = "SynAxisEmptyHints"
        /// Has no hints and does not tell its readback.
        case noHints = "SynAxisNoHints"
        /// Listed under a class of its own, for clients that expect it.
        case noPosition = "SynAxisNoPosition"
    }

    /// How a simulated motor behaves.
    public struct Options: Sendable {
        /// What it tells about itself.
        public var variant = Variant.plain
        /// Where it is at first.
        public var value = 0.0
        /// How long it waits before it goes, in seconds.
        public var delay = 0.0
        /// How fast it goes, in units per second; it takes no time if nil.
        public var velocity: Double?
        /// Where it may be sent; anywhere if nil.
        public var limits: ClosedRange<Double>?
        /// By how much the readback may exceed the position, at random.
        public var noise = 0.0
        /// How many digits after the point are worth showing.
        public var precision = 3

        /// A motor that is at 0 and takes no time.
        public init() {}
    }

    /// The name, which is also the data key of the readback.
    public let name: String
    /// `readback`, `setpoint`, `velocity`, `acceleration` and `unused`.
    public let components: [DeviceComponent]
    /// Whether the device is staged.
    public let staging = StagingFlag()
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let options: Options
    private let axis: SimulatedAxis
    private let velocity: SimulatedSignal

    /// A motor.
    public init(_ name: String, _ options: Options = Options()) {
        self.name = name
        self.options = options
        let velocity = SimulatedSignal.setting("\(name)_velocity", options.velocity.map { .double($0) } ?? 1)
        let isPaced = options.velocity != nil
        let axis = SimulatedAxis(name, value: options.value, delay: options.delay, noise: options.noise) {
            isPaced ? velocity.value.number : nil
        }
        self.axis = axis
        self.velocity = velocity
        let limits = options.limits
        let readback = SimulatedSignal(
            name,
            value: 0,
            .init(
                deviceClass: DeviceClass(module: "ophyd.sim", name: "_ReadbackSignal"),
                precision: options.precision,
                source: { axis.readback },
                isReadOnly: true,
                subscribers: axis.subscribers
            )
        )
        let setpoint = SimulatedSignal(
            "\(name)_setpoint",
            value: 0,
            .init(
                deviceClass: DeviceClass(module: "ophyd.sim", name: "_SetpointSignal"),
                precision: options.precision,
                isHinted: false,
                source: { axis.setpoint },
                target: { axis.move(to: try Self.target($0, limits, of: name)) },
                subscribers: axis.subscribers
            )
        )
        components = [
            DeviceComponent("readback", readback, kind: options.variant == .noHints ? .omitted : .hinted),
            DeviceComponent("setpoint", setpoint, kind: .normal),
            DeviceComponent("velocity", velocity, kind: .config),
            DeviceComponent("acceleration", SimulatedSignal.setting("\(name)_acceleration", 1), kind: .config),
            DeviceComponent("unused", SimulatedSignal.setting("\(name)_unused", 1), kind: .omitted),
        ]
        adoptComponents()
    }

    /// The readback, unless the variant says otherwise.
    public var hints: Hints? {
        switch options.variant {
        case .plain, .noPosition: componentHints
        case .emptyHints: Hints()
        case .noHints: nil
        }
    }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass { DeviceClass(module: "ophyd.sim", name: options.variant.rawValue) }

    private static func target(
        _ setpoint: JSONValue,
        _ limits: ClosedRange<Double>?,
        of name: String
    ) throws -> Double {
        guard let target = setpoint.number, target.isFinite else {
            throw SetpointRefused("\(name): the setpoint must be a finite number, not \(setpoint.encodedText)")
        }
        if let limits, !limits.contains(target) {
            throw SetpointRefused(
                "\(name): the setpoint \(target) is out of the limits \(limits.lowerBound) to \(limits.upperBound)"
            )
        }
        return target
    }

    /// - Throws: ``SetpointRefused`` if the setpoint is no finite number or out of limits.
    public func check(_ setpoint: JSONValue) async throws {
        _ = try Self.target(setpoint, options.limits, of: name)
    }

    /// Begins to move.
    ///
    /// - Throws: ``SetpointRefused`` if the setpoint is no finite number or out of limits.
    public func set(_ setpoint: JSONValue) async throws -> Status {
        axis.move(to: try Self.target(setpoint, options.limits, of: name))
    }

    /// The last setpoint and the present readback.
    public func locate() async throws -> Location {
        Location(setpoint: axis.setpoint.value, readback: axis.readback.value)
    }

    /// As long as delay and velocity have it.
    public func estimatedDuration(of action: PlannedAction) async -> Double? {
        guard case .set(let origin, let setpoint) = action, let target = setpoint.number else { return 0 }
        let velocity = options.velocity == nil ? nil : velocity.value.number
        let start = origin?.number ?? axis.readback.value.number ?? target
        return AxisMotion(from: start, to: target, velocity: velocity, delay: options.delay).duration
    }

    /// Stands still where it is.
    public func stop(success: Bool) async throws {
        for status in axis.halt() {
            if success {
                status.finish()
            } else {
                status.fail(DeviceError(self, "it was stopped before it arrived"))
            }
        }
    }

    /// Tells readback and setpoint when the motor begins and ends to move, and ten times a second meanwhile.
    public func subscribe(_ callback: @escaping @Sendable (Readings) -> Void) async throws -> Subscription {
        let readsBack = options.variant != .noHints
        return axis.subscribers.add { [name, axis] _ in
            let setpoint: Readings = ["\(name)_setpoint": axis.setpoint]
            var readings: Readings = readsBack ? [name: axis.readback] : [:]
            readings.merge(setpoint)
            callback(readings)
        }
    }

    /// Does nothing: a motor can be read at any time.
    public func trigger() async throws -> Status { .finished }
}

/// A setpoint that a device does not take.
public struct SetpointRefused: Error, Hashable, CustomStringConvertible {
    /// Which device, which setpoint, and what is allowed.
    public let description: String

    init(_ description: String) { self.description = description }
}
