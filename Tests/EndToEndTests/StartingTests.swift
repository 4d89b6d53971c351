import Glibc
import QueueClient
import Subprocess
import Testing
import Wire
import ZeroMQ

@Suite(.timeLimit(.minutes(2))) struct StartingTests {
    @Test func `an address that is taken ends the manager with its name`() async throws {
        let socket = try Socket(.reply, in: Context())
        try socket.bind(to: "tcp://127.0.0.1:*")
        let address = socket.lastEndpoint
        let state = try TemporaryFolder()
        let result = try await runProgram(
            "start-re-manager",
            ["--zmq-control-addr", address, "--state-dir", state.path]
        )
        #expect(result.status == .exited(78))
        #expect(result.error.contains("\(address): Address already in use"))
    }

    @Test func `a second manager on the same state directory is refused and told which one has it`() async throws {
        let state = try TemporaryFolder()
        try await TestManager.run(state: state) { manager async throws in
            let result = try await runProgram(
                "start-re-manager",
                ["--zmq-control-addr", "tcp://127.0.0.1:*", "--state-dir", state.path]
            )
            #expect(result.status == .exited(1))
            #expect(result.error.contains("process id \(manager.pid)"))
            #expect(try await manager.client.ping().raw["manager_state"] == "idle")
        }
    }

    @Test func `a profile with an unknown class fails to open and says why`() async throws {
        let profile = try TemporaryFolder()
        for (name, text) in [
            ("devices.yaml", "devices:\n  m: {class: NoSuchClass}\n"), ("plans.yaml", "plans: [count]\n"),
            ("user_group_permissions.yaml", "user_groups:\n  root: {}\n"),
        ] {
            let file = try #require(fopen("\(profile.path)/\(name)", "w"))
            fputs(text, file)
            fclose(file)
        }
        try await TestManager.run(state: TemporaryFolder(), options: ["--startup-dir", profile.path]) {
            manager async throws in
            try await manager.client.environmentOpen()
            let status = try await manager.client.waitForIdle(timeout: .seconds(30))
            #expect(status.raw["worker_environment_exists"] == false)
        }
    }

    @Test func `an encrypted manager answers only those who know its public key`() async throws {
        let keys = CurveKeys.generate()
        let state = try TemporaryFolder()
        try await TestManager.run(
            state: state,
            variables: ["QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER": keys.secretKey],
            configure: { $0.serverPublicKey = keys.publicKey }
        ) { manager async throws in
            #expect(try await manager.client.ping().raw["manager_state"] == "idle")
            var configuration = ClientConfiguration()
            configuration.controlAddress = manager.address
            configuration.timeout = .milliseconds(500)
            let stranger = try QueueClient(configuration)
            await #expect(throws: QueueClientError.self) { try await stranger.ping() }
        }
    }

    @Test func `opening the simulated profile changes none of the lists that came with it`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let names = ["plans_existing_uid", "devices_existing_uid", "plans_allowed_uid", "devices_allowed_uid"]
            let before = try await manager.client.status().raw
            try await manager.openEnvironment()
            // The lists are fetched right after the environment has opened; a request later they have come.
            _ = try await manager.client.plansAllowed()
            let after = try await manager.client.status().raw
            for name in names { #expect(before[name] == after[name], "\(name)") }
        }
    }

    @Test func `manager_stop is answered before the manager ends, each time`() async throws {
        for _ in 0..<15 {
            let state = try TemporaryFolder()
            try await TestManager.run(state: state, endsByItself: true) { try await $0.client.managerStop() }
        }
    }

    @Test func `manager_stop ends everything with exit code 0`() async throws {
        let exit = try await TestManager.run(state: TemporaryFolder(), endsByItself: true) { manager async throws in
            try await manager.openEnvironment()
            try await manager.client.managerStop()
        }
        #expect(exit == .exited(0))
    }
}
