import EngineTestSupport
import EventModel
import RunEngine
import Testing
import Wire

@testable import Devices

struct MotorTests {
    @Test(
        arguments: [
            (0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (2.0, 2.0), (3.0, 4.0), (3.5, 5.0), (3.6, 5.0), (100.0, 5.0),
        ]
    )
    func `A motor waits for the delay and then goes at constant speed`(_ time: Double, _ position: Double) {
        let motion = AxisMotion(from: 0, to: 5, velocity: 2, delay: 1)
        #expect(motion.duration == 3.5)
        #expect(abs(motion.position(after: time) - position) < 1e-12)
    }

    @Test func `A move without time jumps at its end`() {
        let motion = AxisMotion(from: -1, to: 1, velocity: nil, delay: 2)
        #expect(motion.position(after: 1.999) == -1)
        #expect(motion.position(after: 2) == 1)
    }

    @Test func `A motor without delay and velocity arrives at once`() async throws {
        let motor = SimulatedMotor("m")
        let status = try await motor.set(3)
        #expect(status.isSuccessful)
        #expect(try await motor.read().mapValues(\.value) == ["m": 3.0, "m_setpoint": 3.0])
    }

    @Test func `A stopped motor stands where it is and its move ends well`() async throws {
        var options = SimulatedMotor.Options()
        options.velocity = 0.001
        let motor = SimulatedMotor("m", options)
        let status = try await motor.set(1000)
        #expect(!status.isDone)
        try await motor.stop(success: true)
        #expect(status.isSuccessful)
        let location = try await motor.locate()
        #expect(location.setpoint == 1000.0)
        let first = try #require(location.readback.number)
        #expect(first < 500)
        #expect(try await motor.locate().readback == location.readback)
    }

    @Test func `A motor that is stopped in anger fails its move`() async throws {
        var options = SimulatedMotor.Options()
        options.delay = 3600
        let motor = SimulatedMotor("m", options)
        let status = try await motor.set(1)
        try await motor.stop(success: false)
        #expect(status.error is DeviceError)
    }

    @Test func `A new setpoint takes over, and both moves end together`() async throws {
        var options = SimulatedMotor.Options()
        options.delay = 0.01
        let motor = SimulatedMotor("m", options)
        let first = try await motor.set(1)
        let second = try await motor.set(2)
        try await second.wait()
        #expect(first.isSuccessful)
        #expect(try await motor.locate().readback == 2.0)
    }

    @Test(arguments: [.double(.nan), .double(.infinity), "far", nil, 10.5] as [JSONValue])
    func `Setpoints that are no numbers or out of limits are refused`(_ setpoint: JSONValue) async throws {
        var options = SimulatedMotor.Options()
        options.limits = -10...10
        let motor = SimulatedMotor("m", options)
        await #expect(throws: SetpointRefused.self) { try await motor.set(setpoint) }
        await #expect(throws: SetpointRefused.self) { try await motor.check(setpoint) }
        #expect(try await motor.locate().setpoint == 0.0)
    }

    @Test func `A motor is not staged twice`() async throws {
        let motor = SimulatedMotor("m")
        _ = try await motor.stage()
        await #expect(throws: DeviceError.self) { try await motor.stage() }
        _ = try await motor.unstage()
        _ = try await motor.stage()
    }

    @Test func `The setpoint can be read and set by itself, the readback only read`() async throws {
        let motor = SimulatedMotor("m")
        let setpoint = try #require(try motor.component(at: "setpoint") as? any Movable)
        #expect(try await setpoint.set(4).isSuccessful)
        #expect(try await motor.locate() == Location(setpoint: 4.0, readback: 4.0))
        let readback = try #require(try motor.component(at: "readback") as? any Movable)
        await #expect(throws: DeviceError.self) { try await readback.set(1) }
        #expect(readback.parent === motor)
    }
}
