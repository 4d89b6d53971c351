import Subprocess
import Testing
import Wire
import ZeroMQ

@Suite(.timeLimit(.minutes(2))) struct EncodingTests {
    @Test func `a manager that speaks MessagePack answers each kind of request in it`() async throws {
        try await TestManager.run(state: TemporaryFolder(), options: ["--zmq-encoding", "msgpack"]) {
            manager async throws in
            let client = try RawClient(address: manager.address, encoding: .msgpack)
            #expect(try await client.ask(["method": "status"])["manager_state"] == "idle")

            let item: JSONObject = [
                "item_type": "plan", "name": "count", "args": [["det1"]],
                "meta": ["whole": 3, "number": 3.0, "big": .bigInteger("18446744073709551615"), "none": nil],
            ]
            let parameters: JSONValue = ["user": "u", "user_group": "primary", "item": .object(item)]
            let added = try await client.ask(["method": "queue_item_add", "params": parameters])
            #expect(added["success"] == true, "\(added)")
            let queue = try await client.ask(["method": "queue_get"])
            #expect(queue["items"]?.array?.first?["meta"] == item["meta"])
            #expect(try await client.ask(["method": "history_get"])["items"] == [])
            let plans = try await client.ask(["method": "plans_allowed", "params": ["user_group": "primary"]])
            #expect(plans["plans_allowed"]?["count"]?["name"] == "count")

            let refused = try await client.ask(#"{"method": "status"}"#)
            #expect(refused["success"] == false)
            #expect(refused["msg"]?.string?.contains("MessagePack decode error: There is more") == true)
        }
    }

    @Test func `the encoding of the environment applies to what is published`() async throws {
        let address = try freeAddress()
        try await TestManager.run(
            state: TemporaryFolder(),
            options: ["--zmq-publish-console", "ON", "--zmq-info-addr", address],
            variables: ["QSERVER_ZMQ_ENCODING_FOR_SERVER": "MSGPACK"]
        ) { _ async throws in
            let socket = try Socket(.subscribe, in: Context())
            socket.subscribe(to: "QS_Info")
            try socket.connect(to: address)
            // The status is published every second.
            var frames: [[UInt8]]?
            while frames == nil {
                frames = try socket.receive()
                try await Task.sleep(for: .milliseconds(20))
            }
            let message = try JSONValue(parsingMessagePack: try #require(frames?.last))
            #expect(message["msg"]?["status"]?["manager_state"] == "idle")
            #expect(message["time"]?.number != nil)
        }
    }

    @Test func `an encoding that does not exist is refused`() async throws {
        let result = try await runProgram("start-re-manager", ["--zmq-encoding", "xml"])
        #expect(result.status == .exited(78))
        #expect(result.error.contains("'xml' is not supported. Use json or msgpack"))
    }
}
