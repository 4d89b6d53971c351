import QueueClient
import Testing
import Wire
import ZeroMQ

@Suite(.timeLimit(.minutes(2))) struct ConsoleTests {
    @Test func `console output and log lines are kept for clients that ask for them`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            let before = try await client.request("console_output_uid", [:])["console_output_uid"]
            try await manager.openEnvironment()
            let item: JSONValue = ["item_type": "plan", "name": "count", "args": [["det1"]]]
            let added = try await client.request(
                "queue_item_execute",
                ["item": item, "user": "reader", "user_group": "primary"]
            )
            try #require(added["success"] == true, "\(added)")
            try await client.waitForIdle()

            let text = try await client.request("console_output", ["nlines": 500])["text"]?.string ?? ""
            #expect(text.contains("Waiting for requests at"))
            #expect(text.contains("det1"))
            let one = try await client.request("console_output", ["nlines": 1])["text"]?.string ?? ""
            #expect(!one.isEmpty && text.hasSuffix(one))

            let all = try await client.request("console_output_update", ["last_msg_uid": "ALL"])
            #expect(all["console_output_msgs"]?.array?.isEmpty == false)
            #expect(all["last_msg_uid"] != before)
            let uid = all["last_msg_uid"] ?? .null
            let rest = try await client.request("console_output_update", ["last_msg_uid": uid])
            #expect(rest["console_output_msgs"] == [])

            let refused = try await client.request("console_output", ["nlines": -1])
            #expect(refused["success"] == false)
            #expect(refused["msg"]?.string?.contains("must be a non-negative integer: nlines=-1") == true)
        }
    }

    @Test func `the whole table of a plan stands before the line of its end`() async throws {
        let planCount = 20
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            for _ in 0..<planCount { try await client.queueItemAdd(.plan("count", [["det1"]])) }
            try await client.queueStart()
            try await client.waitForIdle()
            let text = try await client.request("console_output", ["nlines": 2_000])["text"]?.string ?? ""
            var tables = 0
            var ends = 0
            for line in text.split(separator: "\n") {
                if line.hasPrefix("count ['") { tables += 1 }
                guard line.contains("The plan count has ended") else { continue }
                ends += 1
                #expect(tables == ends, "\(text)")
            }
            #expect(ends == planCount)
        }
    }

    @Test func `the progress of a slow device is published, and the end of the wait`() async throws {
        let address = try freeAddress()
        try await TestManager.run(
            state: TemporaryFolder(),
            options: ["--zmq-publish-console", "ON", "--zmq-info-addr", address]
        ) { manager async throws in
            let socket = try Socket(.subscribe, in: Context())
            socket.subscribe(to: "QS_Info")
            try socket.connect(to: address)
            try await manager.openEnvironment()
            let script = """
                devices:
                  slow: {class: SynAxis, parameters: {delay: 1}}
                plans: [mv]
                """
            _ = try await manager.client.request("script_upload", ["script": .string(script)])
            try await manager.client.waitForIdle()
            let item: JSONValue = ["item_type": "plan", "name": "mv", "args": ["slow", 3]]
            let started = try await manager.client.request(
                "queue_item_execute",
                ["item": item, "user": "reader", "user_group": "primary"]
            )
            try #require(started["success"] == true, "\(started)")

            var progress: [JSONValue] = []
            while progress.last?["devices"] != [] {
                guard let frames = try socket.receive() else {
                    try await Task.sleep(for: .milliseconds(10))
                    continue
                }
                if let told = try JSONValue(parsing: frames[1])["msg"]?["progress"] { progress.append(told) }
            }
            #expect(progress.first?["devices"]?.array?.first?["name"] == "slow")
            #expect(progress.first?["item_uid"] == started["item"]?["item_uid"])
        }
    }
}
