import Testing
import Wire

@testable import Worker

@Suite struct FunctionTests {
    private func call(_ name: String, _ arguments: [JSONValue] = [], _ named: JSONObject = [:]) async throws
        -> JSONValue
    {
        let function = try #require(FunctionDefinition.builtin.first { $0.name == name })
        return try await function.body(arguments, named)
    }

    @Test func `function_sleep returns the time as it was given`() async throws {
        #expect(try await call("function_sleep", [0]) == ["success": true, "time": 0])
        #expect(try await call("function_sleep", [], ["time": 0.0]) == ["success": true, "time": 0.0])
    }

    @Test func `the buffer gives back what was put in first`() async throws {
        _ = try await call("clear_buffer")
        #expect(try await call("push_buffer_element", [["a": 1]]) == .null)
        _ = try await call("push_buffer_element", [], ["element": "two"])
        #expect(try await call("pop_buffer_element") == ["a": 1])
        #expect(try await call("pop_buffer_element") == "two")
        await #expect(throws: FunctionError.self) { try await call("pop_buffer_element") }
    }

    @Test(
        arguments: [
            ([], [:], "function_sleep() misses 1 of its arguments: 'time'"),
            ([1, 2], [:], "function_sleep() takes 1 positional arguments but 2 were given"),
            ([1], ["time": 1], "function_sleep() got multiple values for argument 'time'"),
            ([1], ["x": 1], "function_sleep() got an unexpected keyword argument 'x'"),
            (["1"], [:], "'time' must be a number of seconds, not '1'"),
            ([-1], [:], "'time' must be between 0 and 1e8 s, not -1"),
            ([.double(.nan)], [:], "'time' must be between 0 and 1e8 s, not nan"),
            ([1e300], [:], "'time' must be between 0 and 1e8 s, not 1e+300"),
        ] as [([JSONValue], JSONObject, String)]
    )
    func `arguments that do not fit are named`(arguments: [JSONValue], named: JSONObject, text: String) async throws {
        let error = await #expect(throws: FunctionError.self) { try await call("function_sleep", arguments, named) }
        #expect(error?.description == text)
    }
}
