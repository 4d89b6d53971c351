import QueueClient
import Subprocess
import SystemPackage
import Testing
import Wire

@Suite struct MaintenanceTests {
    @Test func `a lock whose key is lost is removed while the manager is stopped, and only then`() async throws {
        let state = try TemporaryFolder()
        let options = ["--state-dir", state.path]
        try await TestManager.run(state: state, configure: { $0.lockKey = "lost" }) { manager in
            try await manager.client.lock(queue: true, note: "back on Monday")
            let busy = try await runProgram("qserver-clear-lock", options)
            #expect(busy.status != .exited(0))
            #expect(busy.error.contains("is in use by the manager with process id \(manager.pid)"))
            #expect(try await manager.client.lockInfo().queue)
        }
        let cleared = try await runProgram("qserver-clear-lock", options)
        #expect(cleared.status == .exited(0))
        #expect(cleared.output.contains("Locked: queue, by Queue Client"))
        #expect(cleared.output.contains("back on Monday"))
        #expect(!cleared.output.contains("lost"))
        let again = try await runProgram("qserver-clear-lock", options)
        #expect(again.status == .exited(0))
        #expect(again.output == "There is no lock.\n")
        try await TestManager.run(state: state) { manager in
            #expect(try await !manager.client.lockInfo().queue)
            try await manager.client.queueItemAdd(.queueStop)
        }
    }

    @Test func `a folder without a queue has no lock to remove`() async throws {
        let folder = try TemporaryFolder()
        let result = try await runProgram("qserver-clear-lock", ["--state-dir", folder.path])
        #expect(result.status == .exited(1))
        #expect(result.error.contains("there is no queue in '\(folder.path)'"))
    }

    @Test func `the list of a profile is the one that a manager starts with`() async throws {
        let folder = try TemporaryFolder()
        let result = try await runProgram("qserver-list-plans-devices", ["--file-dir", folder.path])
        #expect(result.status == .exited(0))
        #expect(result.output.contains("plans and 43 devices of"))
        let options = ["--existing-plans-devices", folder.path, "--update-existing-plans-devices", "NEVER"]
        try await TestManager.run(state: try TemporaryFolder(), options: options) { manager in
            #expect(try await manager.client.devicesAllowed().count == 43)
            try await manager.client.queueItemAdd(.plan("count", [["det1"]]))
        }
    }

    @Test(arguments: [
        ["--startup-script", "x.py"], ["--startup-dir", "/nonexistent"], ["--file-dir", "/nonexistent"],
    ])
    func `a list that cannot be made is an error with its reason`(options: [String]) async throws {
        let result = try await runProgram("qserver-list-plans-devices", options)
        #expect(result.status == .exited(1))
        #expect(result.error.contains(options[1]) || result.error.contains(options[0]))
    }
}
