import Subprocess
import Testing

@Suite(.timeLimit(.minutes(2))) struct RERunTests {
    @Test func `re-run shows the table of a plan`() async throws {
        let result = try await runProgram("re-run", ["scan", #"[["det1"], "motor1", -1, 1, 3]"#])
        #expect(result.status == .exited(0))
        #expect(result.output.contains("|         2 |"))
        #expect(result.output.contains("motor1"))
    }

    @Test(arguments: [
        (["no_such_plan"], 1, "not in the list of allowed plans"),
        (["count", #"[["no_such_device"]]"#], 1, "no_such_device"),
        (["count", "[["], 64, "no JSON"),
        (["scan", #"[["det1"], "motor1", -1, 1]"#], 1, "num"),
    ])
    func `re-run says what is wrong`(arguments: [String], code: Int32, text: String) async throws {
        let result = try await runProgram("re-run", arguments)
        #expect(result.status == .exited(code))
        #expect(result.error.contains(text), "\(result.error)")
    }
}
