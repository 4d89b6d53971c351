internal import ProcessLog
internal import Synchronization
internal import Wire

/// What `push_buffer_element` has put in and nobody has taken out.
private let buffer = Mutex<[JSONValue]>([])

extension FunctionDefinition {
    /// The functions of the demonstration profile, by which clients try out function calls.
    static let simulatedFunctions = [
        FunctionDefinition("function_sleep", parameters: ["time"]) { arguments in
            let time = arguments["time"]
            guard let seconds = time.number else {
                throw FunctionError("'time' must be a number of seconds, not \(time.pythonRepr)")
            }
            guard seconds >= 0, seconds <= 1e8 else {
                throw FunctionError("'time' must be between 0 and 1e8 s, not \(time.pythonRepr)")
            }
            ConsoleWriter.shared.write("function_sleep: waiting for \(time.pythonRepr) s\n")
            try await Task.sleep(for: .seconds(seconds))
            ConsoleWriter.shared.write("function_sleep: done\n")
            return ["success": true, "time": time]
        },
        FunctionDefinition("push_buffer_element", parameters: ["element"]) { arguments in
            buffer.withLock { $0.append(arguments["element"]) }
            return .null
        },
        FunctionDefinition("pop_buffer_element") { _ in
            try buffer.withLock { elements in
                guard !elements.isEmpty else { throw FunctionError("the buffer is empty") }
                return elements.removeFirst()
            }
        },
        FunctionDefinition("clear_buffer") { _ in
            buffer.withLock { $0.removeAll() }
            return .null
        },
    ]
}
