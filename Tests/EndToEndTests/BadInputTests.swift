import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct BadInputTests {
    @Test func `each bad request gets a reply that says what is wrong, and the manager carries on`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = try RawClient(address: manager.address)
            for (request, text) in BadInputTests.requests {
                let reply = try await client.ask(request)
                #expect(reply["success"] == false, "\(request.prefix(100))")
                #expect(reply["msg"]?.string?.contains(text) == true, "\(request.prefix(100)) gave \(reply)")
            }
            #expect(try await client.ask(#"{"method": "status"}"#)["manager_state"] == "idle")
        }
    }

    private static let requests: [(String, String)] = [
        ("", "JSON decode error: Expecting value"),
        (#"{"method": "status""#, "Expecting ',' delimiter"),
        ("[]", "Incorrect request type: <class 'list'>. Dictionary is expected"),
        ("7", "Incorrect request type: <class 'int'>"),
        ("{}", "method is not specified: {}"),
        (#"{"method": "no_such"}"#, "Unknown method 'no_such'"),
        (#"{"method": "status", "extra": 1}"#, "unexpected keys ['extra']"),
        (#"{"method": "queue_get", "params": {"x": 1}}"#, "unsupported parameters: 'x'. Supported parameters: []"),
        (#"{"method": "queue_get", "params": 5}"#, "'int' object is not iterable"),
        (#"{"method": "queue_item_add"}"#, "request contains no item info"),
        (#"{"method": "queue_item_add", "params": {"item": 5}}"#, "item parameter must have type 'dict'"),
        (#"{"method": "queue_item_add", "params": {"item": {}}}"#, "'item_type' key is not found"),
        (
            #"{"method": "queue_item_add", "params": {"item": {"item_type": "plan"}, "user": "a", "user_group": "b"}}"#,
            "Unknown user group: 'b'"
        ),
        (item(#""name": "no_such""#), "Plan 'no_such' is not in the list of allowed plans."),
        (item(#""name": "count""#), "missing a required argument: 'detectors'"),
        (item(#""name": "count", "args": [["det1"], 1, 1, 1, 1, 1, 1]"#), "too many positional arguments"),
        (item(#""name": "count", "args": [["det1"]], "kwargs": {"zzz": 1}"#), "unexpected keyword argument 'zzz'"),
        (item(#""name": "count", "args": [["det1"], "many"]"#), "num"),
        (#"{"method": "queue_item_get", "params": {"pos": 7}}"#, "Index '7' is out of range"),
        (#"{"method": "queue_item_remove", "params": {"uid": "x"}}"#, "Plan with UID 'x' is not in the queue."),
        (#"{"method": "re_pause", "params": {"option": "soon"}}"#, "Option 'soon' is not supported"),
        (#"{"method": "re_resume"}"#, "RE Manager is not paused: current state is 'idle'"),
        (#"{"method": "lock"}"#, "User name is not specified"),
        (String(repeating: "[", count: 1_000_000), "nested more than"),
    ]

    private static func item(_ members: String) -> String {
        #"{"method": "queue_item_add", "params": {"user": "u", "user_group": "primary", "item": {"item_type": "plan", "#
            + members + "}}}"
    }

    @Test func `bytes that are no text and messages of several frames are answered`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = try RawClient(address: manager.address)
            #expect(try await client.ask([[0xFF, 0xFE, 0x00]])["success"] == false)
            let frames = [Array(#"{"method": "#.utf8), Array(#""status"}"#.utf8)]
            #expect(try await client.ask(frames)["msg"]?.string?.contains("one frame") == true)
            #expect(try await client.ask(#"{"method": "ping"}"#)["msg"] == "RE Manager v0.0.25")
        }
    }

    // A debug build on a busy machine needs seconds for each megabyte, and the supervisor's patience is five seconds.
    @Test func `a request of megabytes is answered and its item comes back unchanged`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = try RawClient(address: manager.address)
            let rubbish = String(repeating: "x", count: 2_000_000)
            #expect(try await client.ask(rubbish)["success"] == false)
            let reply = try await client.ask(
                BadInputTests.item(#""name": "count", "args": [["det1"]], "meta": {"note": "\#(rubbish)"}"#)
            )
            #expect(reply["success"] == true)
            let queue = try await client.ask(#"{"method": "queue_get"}"#)
            #expect(queue["items"]?.array?.first?["meta"]?["note"] == .string(rubbish))
        }
    }
}
