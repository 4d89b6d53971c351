import Glibc
import QueueClient
import Testing
import Wire
import ZeroMQ

@Suite(.timeLimit(.minutes(2))) struct SuspensionTests {
    /// A profile with a signal that can be set, and a suspender that looks at it.
    private func profile() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try write(
            """
            devices:
              ring: {class: Signal, parameters: {value: 100}}
              det: {class: ABDetector}
            """,
            "devices.yaml"
        )
        try write("plans: [mv, count]", "plans.yaml")
        try write("suspenders: [{signal: ring, below: 50, message: No beam.}]", "suspenders.yaml")
        try write(
            """
            user_groups:
              root: {allowed_plans: [null], allowed_devices: [null]}
              primary: {allowed_plans: [":.*"], allowed_devices: [":.*"]}
            """,
            "user_group_permissions.yaml"
        )
        return folder

        func write(_ text: String, _ name: String) throws {
            let file = try #require(fopen(folder.path + "/" + name, "w"))
            fputs(text + "\n", file)
            fclose(file)
        }
    }

    private func execute(_ name: String, _ args: JSONValue, _ client: QueueClient) async throws {
        let item: JSONValue = ["item_type": "plan", "name": .string(name), "args": args]
        let reply = try await client.request(
            "queue_item_execute",
            ["item": item, "user": "reader", "user_group": "primary"]
        )
        try #require(reply["success"] == true, "\(reply)")
    }

    private func abort(_ client: QueueClient) async throws {
        _ = try await client.request("re_pause", ["option": "immediate"])
        try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["manager_state"] == "paused" }
        _ = try await client.request("re_abort", [:])
        try await client.waitForIdle()
    }

    @Test func `what holds a plan is told on the console, to subscribers, and to those who ask`() async throws {
        let address = try freeAddress()
        let profile = try profile()
        try await TestManager.run(
            state: TemporaryFolder(),
            options: ["--startup-dir", profile.path, "--zmq-publish-console", "ON", "--zmq-info-addr", address]
        ) { manager async throws in
            let client = manager.client
            let socket = try Socket(.subscribe, in: Context())
            socket.subscribe(to: "QS_Info")
            try socket.connect(to: address)
            try await manager.openEnvironment()
            #expect(try await client.request("re_suspensions", [:])["suspensions"] == [])

            try await execute("mv", ["ring", 10], client)
            var told: JSONValue = .null
            while told.array?.isEmpty ?? true {
                guard let frames = try socket.receive() else {
                    try await Task.sleep(for: .milliseconds(10))
                    continue
                }
                told = try JSONValue(parsing: frames[1])["msg"]?["suspensions"] ?? told
            }
            #expect(told.array?.first?.string?.hasPrefix("Signal ring = 10 fell below 50.0") == true)
            #expect(try await client.request("re_suspensions", [:])["suspensions"] == told)
            try await abort(client)

            // A plan that is started now waits.
            try await execute("count", [["det"]], client)
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            try await abort(client)
            let console = try await client.request("console_output", [:])["text"]?.string ?? ""
            #expect(console.contains("Suspending....  Signal ring = 10 fell below 50.0"), "\(console)")
            #expect(console.contains("The plan waits for a suspender.  Signal ring = 10"), "\(console)")

            _ = try await client.request("environment_close", [:])
            try await client.waitForIdle()
            #expect(try await client.request("re_suspensions", [:])["suspensions"] == [])
        }
    }
}
