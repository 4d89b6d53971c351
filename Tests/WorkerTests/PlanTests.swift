import Synchronization
import Testing
import Wire
import Worker

/// The plans of the simulated profile, called as items of a queue call them. One after the other: they share devices.
@Suite(.serialized)
struct PlanTests {
    private static let profile =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/profiles/sim"

    private static let shared = Result {
        try ForegroundRun(profile: ProfileLocation(directory: profile)) { lines.append($0) }
    }

    private static let lines = Lines()

    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func append(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private func run(_ name: String, _ args: [JSONValue], _ kwargs: JSONObject) async throws -> ForegroundRun.Outcome {
        try await Self.shared.get().run(
            name,
            arguments: args,
            keywords: kwargs,
            metadata: [:],
            documentsPath: nil,
            showsTable: false
        )
    }

    @Test(
        arguments: [
            ("count", [["det1", "img"]], ["num": 2, "delay": [0.0]]), ("count", [["sim_bundle_A"]], [:]),
            ("scan", [["det1"], "motor1", 0, 1, "motor2", 0, 2, 3], [:]),
            ("rel_scan", [["det1"], "motor1", -1, 1], ["num": 3]),
            ("list_scan", [["det1"], "motor1", [1, 2], "motor2", [3, 4]], [:]),
            ("rel_list_scan", [["det1"], "motor1", [1, 2]], [:]),
            ("log_scan", [["det1"], "motor1", 0, 2, 3], [:]), ("rel_log_scan", [["det1"], "motor1", 0, 2, 3], [:]),
            ("inner_product_scan", [["det1"], 3, "motor1", 0, 1], [:]),
            ("relative_inner_product_scan", [["det1"], 3, "motor1", 0, 1], [:]),
            ("x2x_scan", [["det1"], "motor1", "motor2", 0, 2, 3], [:]),
            ("scan_nd", [["det1"], ["motor1", [1, 2], "motor2", [3, 4]]], [:]),
            ("scan_nd", [["det1"], [["motor1", [1, 2]], ["motor2", [3, 4, 5]]]], [:]),
            ("grid_scan", [["det1"], "motor1", 0, 1, 2, "motor2", 0, 1, 2, true], [:]),
            ("grid_scan", [["det1"], "motor1", 0, 1, 2, "motor2", 0, 1, 2], ["snake_axes": ["motor2"]]),
            ("rel_grid_scan", [["det1"], "motor1", 0, 1, 2, "motor2", 0, 1, 2], ["snake_axes": true]),
            ("list_grid_scan", [["det1"], "motor1", [0, 1], "motor2", [0, 1]], ["snake_axes": true]),
            ("rel_list_grid_scan", [["det1"], "motor1", [0, 1], "motor2", [0, 1]], [:]),
            ("spiral", [["det4"], "motor1", "motor2", 0, 0, 2, 2, 0.5, 4], ["tilt": 0.1, "dr_y": 1]),
            ("rel_spiral", [["det4"], "motor1", "motor2", 2, 2, 0.5, 4], [:]),
            ("spiral_fermat", [["det4"], "motor1", "motor2", 0, 0, 2, 2, 0.5, 1], [:]),
            ("rel_spiral_fermat", [["det4"], "motor1", "motor2", 2, 2, 0.5, 1], [:]),
            ("spiral_square", [["det4"], "motor1", "motor2", 0, 0, 2, 2, 3, 3], [:]),
            ("rel_spiral_square", [["det4"], "motor1", "motor2", 2, 2, 3, 2], [:]),
            ("adaptive_scan", [["det1"], "det1", "motor1", -1, 1, 0.1, 0.5, 1, true], [:]),
            ("rel_adaptive_scan", [["det1"], "det1", "motor1", -1, 1, 0.1, 0.5, 1, false], ["threshold": 0.5]),
            ("tune_centroid", [["det1"], "det1", "motor1", -1, 2, 0.1], ["num": 5, "snake": true]),
            ("fly", [["flyer1", "trivial_flyer"]], [:]),
            ("ramp_plan", [["motor1", 1], "motor1", ["det1"]], ["take_pre_data": false]),
            ("mv", ["motor1", 1, "sim_bundle_A.mtrs.x", 2, "pseudo3x3", [1, 2, 3]], [:]),
            ("mvr", ["motor1", 1, "pseudo1x3", 1], [:]), ("null", [], [:]),
            ("count_bundle_test", [["sim_bundle_A.dets.det_A"]], [:]),
            ("move_then_count", [], ["motors": ["motor1"], "positions": [1.5]]),
            ("_sim_plan_inner", [2, 0], [:]), ("sim_multirun_plan_nested", [2, 0], [:]),
        ] as [(String, [JSONValue], JSONObject)]
    )
    func `Each plan can be called with arguments as JSON`(
        _ name: String,
        _ args: [JSONValue],
        _ kwargs: JSONObject
    ) async throws {
        guard case .completed = try await run(name, args, kwargs) else {
            Issue.record("\(name) did not complete: \(try await run(name, args, kwargs))")
            return
        }
    }

    @Test(
        arguments: [
            ("scan", [["det1"], "motor1", 0, 1], [:], "'num' must be given"),
            ("scan_nd", [["det1"], ["motor1", 5]], [:], "must have a list of positions after each motor"),
            (
                "grid_scan", [["det1"], "motor1", 0, 1], [:],
                "must be motor, first position, last position, number of points"
            ),
            (
                "grid_scan", [["det1"], "motor1", 0, 1, 2, "motor2", 0, 1, 2, true], ["snake_axes": true],
                "cannot be given when motors have flags of their own"
            ),
            (
                "spiral_square", [["det1"], "motor1", "motor2", 0, 0, 2, 2, 2.5, 3], [:],
                "'x_num' must be a whole number"
            ),
            ("log_scan", [["det1"], "motor1", 0, 1, 0], [:], "must be at least 1, not 0"),
            ("move_then_count", [], ["motors": ["motor1"], "positions": []], "one element for each of the 1 motors"),
            ("ramp_plan", [["motor1", 1], "det1", ["det1"]], [:], "must be a signal that tells of its changes"),
        ] as [(String, [JSONValue], JSONObject, String)]
    )
    func `Arguments that do not fit are refused with a reason`(
        _ name: String,
        _ args: [JSONValue],
        _ kwargs: JSONObject,
        _ text: String
    ) async throws {
        do {
            _ = try await run(name, args, kwargs)
            Issue.record("It was accepted")
        } catch {
            #expect("\(error)".contains(text), "\(error)")
        }
    }

    @Test func `A dry run tells which setpoints are going to be refused`() async throws {
        let works = try await Self.shared.get().rehearse("mv", arguments: ["pseudo1x3", 99], keywords: [:])
        #expect(!works)
        #expect(
            Self.lines.all.last?.hasPrefix("PROBLEM: pseudo1x3_pseudo1: the setpoint 99.0 is out of the limits") == true
        )
    }
}
