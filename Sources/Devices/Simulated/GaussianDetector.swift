internal import EventModel
internal import Glibc
public import RunEngine
public import Wire

/// A simulated detector that sees a peak where its motors are: a Gaussian of one or two positions, with noise if
/// wanted.
///
/// Its data are the intensity, under the name of the detector; its configuration are the parameters of the peak.
public final class GaussianDetector: AssembledDevice, Triggerable, TimeEstimating {
    /// A motor and the data key of its position.
    public struct Axis: Sendable {
        /// The motor.
        public let motor: any Readable
        /// The data key of its position.
        public let field: String

        /// A motor and the data key of its position.
        public init(_ motor: any Readable, field: String) {
            self.motor = motor
            self.field = field
        }
    }

    /// The peak.
    public struct Peak: Sendable {
        /// Where it is: a number for one motor, a list for two.
        public var center: JSONValue = 0
        /// How high it is.
        public var height: JSONValue = 1
        /// How wide it is.
        public var sigma: JSONValue = 1
        /// `none`, `poisson` (counting statistics) or `uniform`.
        public var noise = "none"
        /// The largest deviation that uniform noise makes.
        public var noiseMultiplier: JSONValue = 1

        /// A peak of height 1 and width 1 at 0, without noise.
        public init() {}
    }

    /// The kinds of noise.
    public static let noises = ["none", "poisson", "uniform"]

    /// The name, which is also the data key.
    public let name: String
    /// `val`, `Imax`, `center`, `sigma`, `noise` and `noise_multiplier`.
    public let components: [DeviceComponent]
    /// Whether the device is staged.
    public let staging = StagingFlag()
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let isPlanar: Bool
    private let intensity: SimulatedSignal

    /// A detector that follows these motors. A trigger takes `exposureTime` seconds.
    public init(_ name: String, axes: [Axis], peak: Peak = Peak(), exposureTime: Double = 0) {
        self.name = name
        isPlanar = axes.count > 1
        let height = SimulatedSignal.setting("\(name)_Imax", peak.height)
        let center = SimulatedSignal.setting("\(name)_center", peak.center)
        let sigma = SimulatedSignal.setting("\(name)_sigma", peak.sigma)
        let noise = SimulatedSignal.enumeration("\(name)_noise", peak.noise, choices: Self.noises)
        let multiplier = SimulatedSignal.setting("\(name)_noise_multiplier", peak.noiseMultiplier)
        intensity = SimulatedSignal.computed(name, isHinted: true, exposureTime: exposureTime) {
            let shape = PeakShape(
                center: try Self.numbers(center),
                height: try Self.number(height),
                sigma: try Self.number(sigma),
                noise: noise.value.string ?? "none",
                noiseMultiplier: try Self.number(multiplier)
            )
            var positions: [Double] = []
            for axis in axes {
                guard let position = try await axis.motor.read()[axis.field]?.value.number else {
                    throw DeviceError(axis.motor, "it has no number under '\(axis.field)', which '\(name)' follows")
                }
                positions.append(position)
            }
            return shape.value(at: positions)
        }
        components = [
            DeviceComponent("val", intensity, kind: .hinted),
            DeviceComponent("Imax", height, kind: .config),
            DeviceComponent("center", center, kind: .config),
            DeviceComponent("sigma", sigma, kind: .config),
            DeviceComponent("noise", noise, kind: .config),
            DeviceComponent("noise_multiplier", multiplier, kind: .config),
        ]
        adoptComponents()
    }

    private static func number(_ signal: SimulatedSignal) throws -> Double {
        guard let number = signal.value.number else {
            throw DeviceError(signal, "it must be a number, not \(signal.value.encodedText)")
        }
        return number
    }

    private static func numbers(_ signal: SimulatedSignal) throws -> [Double] {
        guard let elements = signal.value.array else { return [try number(signal)] }
        return try elements.map { element in
            guard let number = element.number else {
                throw DeviceError(signal, "it must be a list of numbers, not \(signal.value.encodedText)")
            }
            return number
        }
    }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass {
        DeviceClass(module: "ophyd.sim", name: isPlanar ? "Syn2DGauss" : "SynGauss")
    }

    /// The exposure.
    public func estimatedDuration(of action: PlannedAction) async -> Double? {
        await intensity.estimatedDuration(of: action)
    }

    /// Measures where the motors are now.
    public func trigger() async throws -> Status { try await intensity.trigger() }
}

/// The peak that a detector sees, as numbers.
struct PeakShape {
    let center: [Double]
    let height: Double
    let sigma: Double
    let noise: String
    let noiseMultiplier: Double

    func value(at positions: [Double]) -> JSONValue {
        var distance = 0.0
        for (position, center) in zip(positions, center) { distance += (position - center) * (position - center) }
        let intensity = height * exp(-distance / (2 * sigma * sigma))
        switch noise {
        case "poisson": return .integer(poisson(intensity.rounded()))
        case "uniform": return .double(intensity + .random(in: -1...1) * noiseMultiplier)
        default: return .double(intensity)
        }
    }

    /// A random count whose mean is `mean`; none if the mean is negative or no number.
    private func poisson(_ mean: Double) -> Int {
        guard mean > 0, mean < 1e15 else { return 0 }
        if mean > 500 {
            // So many counts are distributed normally, near enough.
            let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude...1))).squareRoot()
            return Int(max(0, mean + mean.squareRoot() * radius * cos(2 * .pi * .random(in: 0..<1))).rounded())
        }
        let limit = exp(-mean)
        var product = Double.random(in: 0..<1)
        var count = 0
        while product > limit {
            product *= .random(in: 0..<1)
            count += 1
        }
        return count
    }
}
