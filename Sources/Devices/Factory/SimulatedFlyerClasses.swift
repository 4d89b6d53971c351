internal import RunEngine
internal import Wire

extension DeviceFactory {
    mutating func registerFlyers() {
        register("MockFlyer") { parameters in
            let motor = try parameters.readable("motor")
            guard let motor = motor as? any Positioner else {
                throw parameters.error("motor", "the name of a device that can be moved and read")
            }
            return SimulatedFlyer(
                parameters.name,
                detector: try parameters.readable("detector"),
                motor: motor,
                from: try parameters.number("start") ?? 0,
                to: try parameters.number("stop") ?? 1,
                num: try parameters.integer("num", in: 1...1_000_000) ?? 10
            )
        }
        register("TrivialFlyer") { parameters in TrivialFlyer(parameters.name) }
        register("NewTrivialFlyer") { parameters in TrivialFlyer(parameters.name, className: "NewTrivialFlyer") }
        register("SynSignalWithRegistry") { parameters in
            let row = JSONValue.array(Array(repeating: 1.0, count: 10))
            return ImageFileSignal(
                parameters.name,
                image: .array(Array(repeating: row, count: 10)),
                directory: try parameters.text("save_path")
            )
        }
        register("SPseudo1x3") { parameters in PseudoPositioner(parameters.name, hasThreeAxes: false) }
        register("SPseudo3x3") { parameters in PseudoPositioner(parameters.name, hasThreeAxes: true) }
    }
}
