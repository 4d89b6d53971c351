import Devices
import RunEngine
import Wire
import Worker

/// The worker of a laboratory: what comes along, and devices, plans and functions of its own.
@main
struct LaboratoryWorker {
    static func main() {
        var repertoire = Repertoire.standard
        repertoire.devices.register("Shutter") { parameters in
            let travelTime = try parameters.number("travel_time", in: 0...60) ?? 0.2
            return Shutter(parameters.name, travelTime: travelTime)
        }
        repertoire.add(.backgroundCount)
        repertoire.add(
            FunctionDefinition("exposure_for", parameters: ["counts", "rate"]) { arguments in
                guard let counts = arguments["counts"].number, let rate = arguments["rate"].number, rate > 0 else {
                    throw FunctionError("'counts' and 'rate' must be numbers, and the rate above 0")
                }
                return .double(counts / rate)
            }
        )
        WorkerProgram.main(repertoire)
    }
}
