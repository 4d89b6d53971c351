import Devices
import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct ProfileTests {
    let devices: DeviceCollection

    init() throws { devices = try DeviceCollection.simulated() }

    @Test func `The catalogue describes devices and their parts`() throws {
        let motor = try #require(devices.catalogue["motor"])
        #expect(motor["classname"] == "SynAxis")
        #expect(motor["module"] == "ophyd.sim")
        #expect(motor["is_movable"] == true)
        #expect(
            motor["components"]?.object?.keys.sorted() == [
                "acceleration", "readback", "setpoint", "unused", "velocity",
            ]
        )
        #expect(motor["components"]?["readback"]?["classname"] == "_ReadbackSignal")
        let det = try #require(devices.catalogue["det"])
        #expect(det["is_movable"] == false)
        #expect(det["is_flyable"] == false)
        #expect(
            det["components"]?["noise"] == [
                "classname": "EnumSignal", "is_flyable": false, "is_movable": true, "is_readable": true,
                "module": "ophyd.sim",
            ]
        )
        let stage = try #require(devices.catalogue["sim_bundle_A"]?["components"]?["mtrs"])
        #expect(stage["is_movable"] == true)
        #expect(stage["components"]?["x"]?["components"]?["velocity"]?["classname"] == "Signal")
        #expect(devices.catalogue["custom_test_device"]?["components"] == nil)
    }

    @Test func `Dotted names lead to parts`() throws {
        #expect(try devices.device(at: "sim_bundle_A.mtrs.z").name == "sim_bundle_A_mtrs_z")
        #expect(try devices.device(at: "det.Imax").root === devices.device(at: "det"))
        for wrong in ["nobody", "motor.nothing", "motor.", ".motor", "", "motor.readback.x", "sim_bundle_A..x"] {
            #expect(throws: DeviceConfigurationError.self) { try devices.device(at: wrong) }
        }
    }

    @Test func `Every device can be read, described and configured with the same keys`() async throws {
        for (name, device) in devices.all {
            guard let readable = device as? any Readable else { continue }
            _ = try await (device as? any Triggerable)?.trigger()
            #expect(try await readable.read().keys == readable.describe().keys, "\(name)")
            guard let device = device as? any Configurable else { continue }
            #expect(try await device.readConfiguration().keys == device.describeConfiguration().keys, "\(name)")
        }
    }

    @Test(
        arguments: [
            ("motor", ["motor"]), ("motor_empty_hints1", nil), ("sig", ["sig"]), ("signal", []),
            ("det_with_conf", ["det_a", "det_b"]), ("ab_det", ["det_a"]), ("direct_img", ["img"]),
        ] as [(String, [String]?)]
    )
    func `Hints are ophyd's`(_ name: String, _ fields: [String]?) throws {
        #expect(try devices.device(at: name).hints == Hints(fields: fields))
    }

    @Test func `A motor without hints does not tell its readback`() async throws {
        let motor = try #require(try devices.device(at: "motor_no_hints1") as? any Readable)
        #expect(motor.hints == nil)
        #expect(try await motor.read().keys == ["motor1_setpoint"])
    }

    @Test func `A detector sees the peak where its motor is`() async throws {
        let motor = try #require(try devices.device(at: "motor1") as? any Movable)
        let det = try #require(try devices.device(at: "det1") as? GaussianDetector)
        for (position, intensity) in [(0.0, 5.0), (0.5, 3.0326532985631671), (-1.0, 0.67667641618306351)] {
            _ = try await motor.set(.double(position))
            _ = try await det.trigger()
            let value = try #require(try await det.read()["det1"]?.value.number)
            #expect(abs(value - intensity) < 1e-12)
        }
    }

    @Test func `A detector's setting that is no number fails the trigger`() async throws {
        let det = try #require(try devices.device(at: "det") as? any Triggerable)
        let sigma = try #require(try devices.device(at: "det.sigma") as? any Movable)
        _ = try await sigma.set("wide")
        await #expect(throws: DeviceError.self) { try await det.trigger() }
        let noise = try #require(try devices.device(at: "det.noise") as? any Movable)
        await #expect(throws: DeviceError.self) { try await noise.set("pink") }
    }

    @Test func `An exposure takes its time`() async throws {
        let factory = DeviceFactory.simulated
        let device = try factory.make("slow", className: "SynSignal", parameters: ["exposure_time": 0.01])
        let status = try await #require(device as? any Triggerable).trigger()
        #expect(!status.isDone)
        try await status.wait()
    }

    @Test(
        arguments: [
            ("SynAxis", ["delay": -1], "'delay' must be a number from 0"),
            ("SynAxis", ["velocity": "fast"], "'velocity' must be"),
            ("SynAxis", ["limits": [5, 1]], "'limits' must be a list [low, high], not [5, 1]"),
            ("SynAxis", ["limits": [1, 2, "x"]], "'limits' must be"),
            ("SynAxis", ["precision": 99], "'precision' must be a whole number from 0 to 17"),
            ("SynAxis", ["colour": "red"], "there is no parameter 'colour'; it has name, value, delay"),
            ("SynAxis", ["name": 5], "'name' must be a text"),
            ("SynGauss", [:], "'motor' must be the name of a device; it is missing"),
            ("SynGauss", ["motor": "nobody"], "'motor' must be the name of a device that comes before"),
            ("SynGauss", ["motor": "motor", "noise": "pink"], "'noise' must be one of none, poisson, uniform"),
            ("SynGauss", ["motor": "motor", "sigma": 0], "'sigma' must be"),
            ("Syn2DGauss", ["motor0": "motor", "motor1": "motor1", "center": [1]], "'center' must be a list of two"),
            ("Magic", [:], "there is no class 'Magic'; there are ABDetector, "),
        ] as [(String, JSONObject, String)]
    )
    func `Wrong parameters are refused with a reason`(_ name: String, _ parameters: JSONObject, _ text: String) {
        do {
            _ = try DeviceFactory.simulated.make("x", className: name, parameters: parameters, devices: devices)
            Issue.record("It was made")
        } catch {
            #expect("\(error)".contains(text), "\(error)")
            #expect("\(error)".hasPrefix("Device 'x'"))
        }
    }
}
