internal import RunEngine
internal import Wire

extension DeviceFactory {
    /// Devices that stand for no class of ophyd.
    mutating func registerOwnClasses() {
        register("SimulatedAreaDetector") { parameters in
            SimulatedAreaDetector(
                parameters.name,
                width: try parameters.integer("width", in: 1...8192) ?? 64,
                height: try parameters.integer("height", in: 1...8192) ?? 48,
                exposureTime: try parameters.number("exposure_time", in: Self.seconds) ?? 0.1,
                directory: try parameters.text("save_path")
            )
        }
        register("FaultyDevice") { parameters in
            var faults: [FaultyDevice.Action: FaultyDevice.Fault] = [:]
            for action in FaultyDevice.Action.allCases {
                let fault = try parameters.text(action.rawValue, oneOf: FaultyDevice.Fault.allCases.map(\.rawValue))
                faults[action] = fault.flatMap(FaultyDevice.Fault.init)
            }
            return FaultyDevice(
                parameters.name,
                faults: faults,
                delay: try parameters.number("delay", in: Self.seconds) ?? 0
            )
        }
    }
}
