internal import RunEngine
internal import Wire

extension DeviceFactory {
    /// A factory that knows the simulated devices, under the names of the classes that they stand for.
    public static let simulated: DeviceFactory = {
        var factory = DeviceFactory()
        for variant in SimulatedMotor.Variant.allCases {
            factory.register(variant.rawValue) { parameters in try motor(variant, &parameters) }
        }
        factory.register("SynGauss") { parameters in try gaussian(&parameters) }
        factory.register("Syn2DGauss") { parameters in try planarGaussian(&parameters) }
        factory.registerSignals()
        factory.registerFlyers()
        factory.registerAssemblies()
        factory.registerOwnClasses()
        return factory
    }()

    private static func motor(
        _ variant: SimulatedMotor.Variant,
        _ parameters: inout DeviceParameters
    ) throws -> SimulatedMotor {
        var options = SimulatedMotor.Options()
        options.variant = variant
        options.value = try parameters.number("value") ?? 0
        options.delay = try parameters.number("delay", in: seconds) ?? 0
        options.velocity = try parameters.number("velocity", in: positive)
        options.noise = try parameters.number("noise", in: notNegative) ?? 0
        options.precision = try parameters.integer("precision", in: 0...17) ?? 3
        if let limits = parameters.value("limits") {
            guard let ends = limits.array?.compactMap(\.number), ends.count == 2, limits.array?.count == 2,
                ends[0] <= ends[1]
            else { throw parameters.error("limits", "a list [low, high]") }
            options.limits = ends[0]...ends[1]
        }
        return SimulatedMotor(parameters.name, options)
    }

    private static func gaussian(_ parameters: inout DeviceParameters) throws -> GaussianDetector {
        let motor = try parameters.readable("motor")
        let field = try parameters.text("motor_field") ?? motor.name
        let center = try parameters.number("center").map { _ in parameters.value("center") ?? 0 } ?? 0
        return try gaussian([.init(motor, field: field)], center: center, &parameters)
    }

    private static func planarGaussian(_ parameters: inout DeviceParameters) throws -> GaussianDetector {
        var axes: [GaussianDetector.Axis] = []
        for index in 0...1 {
            let motor = try parameters.readable("motor\(index)")
            axes.append(.init(motor, field: try parameters.text("motor_field\(index)") ?? motor.name))
        }
        let center = parameters.value("center") ?? [0, 0]
        guard let elements = center.array, elements.count == 2, elements.allSatisfy({ $0.number?.isFinite ?? false })
        else { throw parameters.error("center", "a list of two numbers") }
        return try gaussian(axes, center: center, &parameters)
    }

    private static func gaussian(
        _ axes: [GaussianDetector.Axis],
        center: JSONValue,
        _ parameters: inout DeviceParameters
    ) throws -> GaussianDetector {
        // The numbers are kept as they were written: an integer stays one in the documents.
        var peak = GaussianDetector.Peak()
        peak.center = center
        if try parameters.number("Imax") != nil { peak.height = parameters.value("Imax") ?? 1 }
        if try parameters.number("sigma", in: positive) != nil { peak.sigma = parameters.value("sigma") ?? 1 }
        peak.noise = try parameters.text("noise", oneOf: GaussianDetector.noises) ?? "none"
        if try parameters.number("noise_multiplier") != nil {
            peak.noiseMultiplier = parameters.value("noise_multiplier") ?? 1
        }
        let exposureTime = try parameters.number("exposure_time", in: seconds) ?? 0
        return GaussianDetector(parameters.name, axes: axes, peak: peak, exposureTime: exposureTime)
    }

    static let seconds = 0...86_400.0
    static let notNegative = 0...Double.greatestFiniteMagnitude
    static let positive = Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude
}
