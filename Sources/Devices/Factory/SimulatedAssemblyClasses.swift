internal import RunEngine
internal import Wire

extension DeviceFactory {
    mutating func registerAssemblies() {
        register("Device") { parameters in
            assembly("Device", in: "ophyd.device", parameters.name, [])
        }
        register("ABDetector") { parameters in
            let name = parameters.name
            let a = SimulatedSignal.computed("\(name)_a", isHinted: true) { .double(.random(in: 0..<1)) }
            let b = SimulatedSignal.computed("\(name)_b", isHinted: false) { .double(.random(in: 0..<1)) }
            return assembly(
                "ABDetector",
                name,
                [DeviceComponent("a", a, kind: .hinted), DeviceComponent("b", b, kind: .normal)],
                triggering: [a, b]
            )
        }
        register("DetWithConf") { parameters in detectorWithConfiguration(parameters.name) }
        register("DetWithCountTime") { parameters in
            let name = parameters.name
            let intensity = SimulatedSignal.computed("\(name)_intensity", isHinted: true) { 0 }
            let countTime = SimulatedSignal.setting("\(name)_count_time", 0.0)
            return assembly(
                "DetWithCountTime",
                name,
                [
                    DeviceComponent("intensity", intensity, kind: .hinted),
                    DeviceComponent("count_time", countTime, kind: .normal),
                ]
            )
        }
        register("DirectImage") { parameters in
            let field = try parameters.text("field") ?? "\(parameters.name)_img"
            let row = JSONValue.array(Array(repeating: 1.0, count: 10))
            let image = JSONValue.array(Array(repeating: row, count: 10))
            let signal = SimulatedSignal.computed(field, isHinted: true) { image }
            return assembly(
                "DirectImage",
                parameters.name,
                [DeviceComponent("img", signal, kind: .hinted)],
                triggering: [signal]
            )
        }
        register("SimBundle") { parameters in try bundle(&parameters) }
    }
}

private func assembly(
    _ className: String,
    in module: String = "ophyd.sim",
    _ name: String,
    _ components: [DeviceComponent],
    triggering triggered: [any Triggerable] = []
) -> SimulatedAssembly {
    SimulatedAssembly(
        name,
        deviceClass: DeviceClass(module: module, name: className),
        components: components,
        triggering: triggered
    )
}

/// A detector with two fields and two settings, all constant.
private func detectorWithConfiguration(_ name: String) -> SimulatedAssembly {
    let kinds: [DeviceComponent.Kind] = [.hinted, .hinted, .config, .config]
    var signals: [SimulatedSignal] = []
    var components: [DeviceComponent] = []
    for (index, (attribute, kind)) in zip(["a", "b", "c", "d"], kinds).enumerated() {
        let signal = SimulatedSignal.computed("\(name)_\(attribute)", isHinted: kind == .hinted) {
            .integer(index + 1)
        }
        signals.append(signal)
        components.append(DeviceComponent(attribute, signal, kind: kind))
    }
    return assembly("DetWithConf", name, components, triggering: Array(signals.prefix(2)))
}

/// A stage with three motors and two detectors that follow other motors of the profile.
private func bundle(_ parameters: inout DeviceParameters) throws -> SimulatedAssembly {
    let name = parameters.name
    var detectors: [DeviceComponent] = []
    for attribute in ["A", "B"] {
        let motor = try parameters.readable("motor_\(attribute)")
        var peak = GaussianDetector.Peak()
        peak.height = 5
        peak.sigma = 0.5
        let detector = GaussianDetector(
            "\(name)_dets_det_\(attribute)",
            axes: [.init(motor, field: motor.name)],
            peak: peak
        )
        detectors.append(DeviceComponent("det_\(attribute)", detector, kind: .normal))
    }
    return assembly(
        "SimBundle",
        in: "__main__",
        name,
        [
            DeviceComponent("mtrs", SimulatedStage("\(name)_mtrs"), kind: .normal),
            DeviceComponent(
                "dets",
                assembly("SimDetectors", in: "__main__", "\(name)_dets", detectors),
                kind: .normal
            ),
        ]
    )
}
