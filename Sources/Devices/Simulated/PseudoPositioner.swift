public import EventModel
public import RunEngine
internal import Synchronization
public import Wire

/// A positioner that is at once where it is set.
public final class SoftPositioner: PartDevice, Locatable, Readable, Configurable {
    /// The name, which is also the data key.
    public let name: String
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let reading: Mutex<Reading>

    /// A positioner at `position`.
    public init(_ name: String, at position: Double = 0) {
        self.name = name
        reading = Mutex(Reading(.double(position)))
    }

    /// The position.
    var position: Double {
        get { reading.withLock { $0.value.number ?? 0 } }
        set { reading.withLock { $0 = Reading(.double(newValue)) } }
    }

    /// No hints: the axes that are moved are shown.
    public var hints: Hints? { Hints(fields: []) }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass { DeviceClass(module: "ophyd.positioner", name: "SoftPositioner") }

    /// Is there at once.
    ///
    /// - Throws: ``SetpointRefused`` if the setpoint is no finite number.
    public func set(_ setpoint: JSONValue) async throws -> Status {
        position = try finiteSetpoint(setpoint, of: name)
        return .finished
    }

    /// The position, twice.
    public func locate() async throws -> Location {
        Location(setpoint: .double(position), readback: .double(position))
    }

    /// The position under the name of the device.
    public func read() async throws -> Readings { [name: reading.withLock { $0 }] }

    /// What that is.
    public func describe() async throws -> DataKeys { [name: DataKey(source: "computed", dtype: .number, units: "")] }

    /// Nothing.
    public func readConfiguration() async throws -> Readings { [:] }

    /// Nothing.
    public func describeConfiguration() async throws -> DataKeys { [:] }
}

/// An axis that a pseudo positioner computes from its real ones.
public final class PseudoAxis: AssembledDevice, Locatable, Checkable {
    /// The name, which is also the data key of the readback.
    public let name: String
    /// `readback` and `setpoint`.
    public let components: [DeviceComponent]
    /// Whether the device is staged.
    public let staging = StagingFlag()
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let limits: ClosedRange<Double>?
    private let readback: @Sendable () -> Double
    private let move: @Sendable (Double) -> Void

    init(
        _ name: String,
        limits: ClosedRange<Double>?,
        readback: @escaping @Sendable () -> Double,
        move: @escaping @Sendable (Double) -> Void
    ) {
        self.name = name
        self.limits = limits
        self.readback = readback
        self.move = move
        let deviceClass = DeviceClass(module: "ophyd.signal", name: "AttributeSignal")
        components = [
            DeviceComponent(
                "readback",
                SimulatedSignal(
                    name,
                    value: 0,
                    .init(deviceClass: deviceClass, source: { Reading(.double(readback())) }, isReadOnly: true)
                ),
                kind: .hinted
            ),
            DeviceComponent(
                "setpoint",
                SimulatedSignal(
                    "\(name)_setpoint",
                    value: 0,
                    .init(
                        deviceClass: deviceClass,
                        isHinted: false,
                        source: { Reading(.double(readback())) },
                        isReadOnly: true
                    )
                ),
                kind: .normal
            ),
        ]
        adoptComponents()
    }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass { DeviceClass(module: "ophyd.pseudopos", name: "PseudoSingle") }

    /// - Throws: ``SetpointRefused`` if the setpoint is no finite number or out of limits.
    public func check(_ setpoint: JSONValue) async throws { _ = try accepted(setpoint) }

    func accepted(_ setpoint: JSONValue) throws -> Double {
        let target = try finiteSetpoint(setpoint, of: name)
        if let limits, !limits.contains(target) {
            throw SetpointRefused(
                "\(name): the setpoint \(target) is out of the limits \(limits.lowerBound) to \(limits.upperBound)"
            )
        }
        return target
    }

    /// Moves this axis; the others stay where they are.
    ///
    /// - Throws: ``SetpointRefused`` if the setpoint is no finite number or out of limits.
    public func set(_ setpoint: JSONValue) async throws -> Status {
        move(try accepted(setpoint))
        return .finished
    }

    /// Where the axis is.
    public func locate() async throws -> Location {
        Location(setpoint: .double(readback()), readback: .double(readback()))
    }
}

/// A simulated positioner whose axes are computed: each is minus the real one below it.
public final class PseudoPositioner: AssembledDevice, Locatable, Checkable {
    /// The name.
    public let name: String
    /// The computed axes, the real ones, and in the larger one a signal.
    public let components: [DeviceComponent]
    /// Whether the device is staged.
    public let staging = StagingFlag()
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let axes: [PseudoAxis]
    private let reals: [SoftPositioner]

    /// Three computed axes over three real ones, or one over all three.
    public init(_ name: String, hasThreeAxes: Bool) {
        self.name = name
        let reals = (1...3).map { SoftPositioner("\(name)_real\($0)") }
        self.reals = reals
        if hasThreeAxes {
            axes = reals.enumerated().map { index, real in
                PseudoAxis("\(name)_pseudo\(index + 1)", limits: index < 2 ? -10...10 : nil) {
                    0 - real.position
                } move: {
                    real.position = 0 - $0
                }
            }
        } else {
            axes = [
                PseudoAxis("\(name)_pseudo1", limits: -10...10) {
                    0 - (reals.first?.position ?? 0)
                } move: { target in
                    for real in reals { real.position = 0 - target }
                }
            ]
        }
        var components = axes.enumerated().map { DeviceComponent("pseudo\($0 + 1)", $1, kind: .hinted) }
        components += reals.enumerated().map { DeviceComponent("real\($0 + 1)", $1, kind: .normal) }
        if hasThreeAxes {
            components.append(DeviceComponent("sig", SimulatedSignal.setting("\(name)_sig", 0), kind: .normal))
        }
        self.components = components
        adoptComponents()
    }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass {
        DeviceClass(module: "ophyd.sim", name: axes.count > 1 ? "SPseudo3x3" : "SPseudo1x3")
    }

    /// - Throws: ``SetpointRefused`` if the setpoint does not have a number within limits for each axis.
    public func check(_ setpoint: JSONValue) async throws { _ = try accepted(setpoint) }

    private func accepted(_ setpoint: JSONValue) throws -> [JSONValue] {
        let values = setpoint.array ?? [setpoint]
        guard values.count == axes.count else {
            throw SetpointRefused(
                "\(name): the setpoint must be a list of \(axes.count) numbers, not \(setpoint.encodedText)"
            )
        }
        for (axis, value) in zip(axes, values) { _ = try axis.accepted(value) }
        return values
    }

    /// Moves all axes.
    ///
    /// - Throws: ``SetpointRefused`` if the setpoint does not have a number within limits for each axis.
    public func set(_ setpoint: JSONValue) async throws -> Status {
        for (axis, value) in zip(axes, try accepted(setpoint)) { _ = try await axis.set(value) }
        return .finished
    }

    /// Where the axes are, as a list; as a number if there is one.
    public func locate() async throws -> Location {
        var positions: [JSONValue] = []
        for axis in axes { positions.append(try await axis.locate().readback) }
        let position = positions.count == 1 ? positions[0] : .array(positions)
        return Location(setpoint: position, readback: position)
    }
}

/// - Throws: ``SetpointRefused`` if the setpoint is no finite number.
private func finiteSetpoint(_ setpoint: JSONValue, of name: String) throws -> Double {
    guard let target = setpoint.number, target.isFinite else {
        throw SetpointRefused("\(name): the setpoint must be a finite number, not \(setpoint.encodedText)")
    }
    return target
}
