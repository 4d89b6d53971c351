internal import RunEngine
internal import Wire

extension DeviceFactory {
    mutating func registerSignals() {
        register("Signal") { parameters in
            SimulatedSignal(parameters.name, value: parameters.value("value") ?? 0.0)
        }
        register("SynSignal") { parameters in
            let value = parameters.value("value")
            return SimulatedSignal.computed(
                parameters.name,
                isHinted: false,
                precision: try parameters.integer("precision", in: 0...17) ?? 3,
                exposureTime: try parameters.number("exposure_time", in: Self.seconds) ?? 0,
                evaluate: { value ?? 0 }
            )
        }
        register("InvariantSignal") { parameters in
            SimulatedSignal.invariant(parameters.name, parameters.value("value") ?? 0)
        }
        register("SynPeriodicSignal") { parameters in
            SimulatedSignal.periodic(
                parameters.name,
                period: try parameters.number("period", in: Self.seconds) ?? 1,
                jitter: try parameters.number("period_jitter", in: Self.seconds) ?? 1
            )
        }
    }
}
