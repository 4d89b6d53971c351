import Glibc
import QueueClient
import Subprocess
import Testing
import Wire
import ZeroMQ

@Suite(.timeLimit(.minutes(2))) struct AccessTests {
    private let server = CurveKeys.generate()
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try server.write(to: folder.path + "/manager")
    }

    private var options: [String] {
        ["--zmq-private-key-file", folder.path + "/manager.key_secret", "--zmq-clients-file", clientsFile]
    }

    private var clientsFile: String { folder.path + "/clients.yaml" }

    private func writeClients(_ text: String) throws {
        // Replaced as a whole, as editors do it.
        let file = try #require(fopen(clientsFile + ".new", "w"))
        fputs(text, file)
        fclose(file)
        rename(clientsFile + ".new", clientsFile)
    }

    /// A client with a key of its own, or with the one that all clients have.
    private func configure(_ configuration: inout ClientConfiguration, keyFile: String?, timeout: Int = 10) {
        configuration.serverPublicKey = server.publicKey
        configuration.privateKeyFile = keyFile
        configuration.user = "Eve"
        configuration.userGroup = "root"
        configuration.timeout = .seconds(timeout)
    }

    private func client(of manager: TestManager, keyFile: String?, timeout: Int = 10) throws -> QueueClient {
        var configuration = manager.client.configuration
        configure(&configuration, keyFile: keyFile, timeout: timeout)
        return try QueueClient(configuration)
    }

    @Test func `a client has the user, the group and the rights of its key`() async throws {
        let keys = CurveKeys.generate()
        try keys.write(to: folder.path + "/ada")
        try writeClients(
            """
            clients: {ada: {key: "\(keys.publicKey)", user: Ada, group: primary, rights: [queue]}}
            guest: {group: primary, rights: [read]}
            """
        )
        try await TestManager.run(
            state: folder,
            options: options,
            configure: { configure(&$0, keyFile: folder.path + "/ada.key_secret") }
        ) { manager async throws in
            let item = try await manager.client.queueItemAdd(.plan("count", [["det1"]]))
            #expect(item.raw["user"] == "Ada" && item.raw["user_group"] == "primary")
            let refused = try await manager.client.request("environment_open")
            #expect(refused["success"] == false)
            #expect(refused["msg"]?.string?.contains("'ada' does not have the right 'run'") == true)

            let guest = try client(of: manager, keyFile: nil)
            #expect(try await guest.queueGet().items.count == 1)
            let reply = try await guest.request("queue_clear")
            #expect(reply["msg"]?.string?.contains("'guest' does not have the right 'queue'") == true)
            #expect(try await guest.queueGet().items.count == 1)
        }
    }

    @Test func `an unknown key gets no reply, and is admitted once it is in the file`() async throws {
        let keys = CurveKeys.generate()
        try keys.write(to: folder.path + "/ada")
        let stranger = folder.path + "/ada.key_secret"
        try writeClients("clients: {}")
        try await TestManager.run(state: folder, options: options) { manager async throws in
            await #expect(throws: QueueClientError.noHandshake(address: manager.address, isEncrypted: true)) {
                try await client(of: manager, keyFile: stranger, timeout: 1).ping()
            }
            await #expect(throws: QueueClientError.noHandshake(address: manager.address, isEncrypted: true)) {
                try await client(of: manager, keyFile: nil, timeout: 1).ping()
            }
            let entry = "ada: {key: \"\(keys.publicKey)\", group: primary, rights: [all]}"
            try writeClients("clients: {\(entry)}")
            let admitted = try client(of: manager, keyFile: stranger)
            #expect(try await admitted.ping().managerState == "idle")
            // Taken from the file, it is refused on the connection that it has.
            try writeClients("clients: {}")
            let reply = try await admitted.request("queue_clear")
            #expect(reply["success"] == false)
            #expect(reply["msg"]?.string?.contains("not admitted any more") == true)
            // A file that cannot be used changes nothing.
            try writeClients("clients: {\(entry)}")
            #expect(try await admitted.request("queue_clear")["success"] == true)
            try writeClients("clients: {\(entry)")
            #expect(try await admitted.request("queue_clear")["success"] == true)
        }
    }

    @Test func `published messages reach only admitted clients when they are encrypted`() async throws {
        try writeClients("guest: {group: primary, rights: [read]}")
        let info = try freeAddress()
        let publishing = ["--zmq-publish-console", "ON", "--zmq-info-addr", info, "--zmq-info-encryption", "ON"]
        try await TestManager.run(
            state: folder,
            options: options + publishing,
            configure: {
                configure(&$0, keyFile: nil)
                $0.infoAddress = info
                $0.encryptsInfo = true
            }
        ) { manager async throws in
            var messages = try manager.client.messages([.status]).makeAsyncIterator()
            #expect(await messages.next() != nil)
        }
    }

    @Test func `without a file of clients whoever knows the public key is admitted`() async throws {
        try CurveKeys.generate().write(to: folder.path + "/anybody")
        try await TestManager.run(
            state: folder,
            options: ["--zmq-private-key-file", folder.path + "/manager.key_secret"],
            configure: { configure(&$0, keyFile: folder.path + "/anybody.key_secret") }
        ) { manager async throws in
            #expect(try await manager.client.request("queue_clear")["success"] == true)
        }
    }

    @Test func `a manager that takes the place of another admits nobody while the file is broken`() async throws {
        try writeClients("guest: {group: primary, rights: [all]}")
        let address = try freeAddress()
        try await TestManager.run(
            state: folder,
            options: options + ["--zmq-control-addr", address],
            configure: { configure(&$0, keyFile: nil) }
        ) { manager async throws in
            _ = try await manager.client.ping()
            let first = try #require(manager.children("re-manager").first)
            try writeClients("guest: [")
            kill(first, SIGKILL)
            while manager.children("re-manager").filter({ $0 != first }).isEmpty {
                try await Task.sleep(for: .milliseconds(20))
            }
            await #expect(throws: QueueClientError.self) {
                try await client(of: manager, keyFile: nil, timeout: 1).ping()
            }
            try writeClients("guest: {group: primary, rights: [all]}")
            #expect(try await client(of: manager, keyFile: nil).ping().managerState == "idle")
        }
    }

    @Test(arguments: [
        (["--zmq-clients-file", "/no/such/file"], "Clients are known by their keys"),
        (
            ["--zmq-publish-console", "ON", "--zmq-info-addr", "tcp://127.0.0.1:*", "--zmq-info-encryption", "ON"],
            "key"
        ),
        (["--zmq-private-key-file", "/no/such/file"], "'/no/such/file' cannot be read"),
    ])
    func `keys that cannot be used end the start`(options: [String], text: String) async throws {
        let result = try await runProgram(
            "start-re-manager",
            ["--zmq-control-addr", "tcp://127.0.0.1:*", "--state-dir", folder.path] + options
        )
        #expect(result.status == .exited(78))
        #expect(result.error.contains(text), "\(result.error)")
    }

    @Test func `a manager listens at a UNIX socket in a folder of this user, and a second one is refused`() async throws
    {
        let address = "ipc://\(folder.path)/sockets/control"
        defer {
            unlink("\(folder.path)/sockets/control")
            rmdir("\(folder.path)/sockets")
        }
        try await TestManager.run(state: folder, options: ["--zmq-control-addr", address]) { manager async throws in
            #expect(try await manager.client.ping().managerState == "idle")
            var information = stat()
            #expect(stat("\(folder.path)/sockets", &information) == 0)
            #expect(information.st_mode & 0o777 == 0o700)
            // The kernel tells who is at the other end.
            try await manager.client.queueClear()
            let sender = try await manager.client.auditGet().first?.address
            #expect(sender == "localhost (user \(getuid()), process \(getpid()))")
            let other = try TemporaryFolder()
            let second = try await runProgram(
                "start-re-manager",
                ["--zmq-control-addr", address, "--state-dir", other.path]
            )
            #expect(second.status == .exited(78))
            #expect(second.error.contains("Address already in use"), "\(second.error)")
            #expect(try await manager.client.ping().managerState == "idle")
        }
    }

    @Test func `a secret is in no list of processes, and the worker does not get it`() async throws {
        let secrets = [
            "QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER": server.secretKey,
            "QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER": "open-sesame",
        ]
        try await TestManager.run(
            state: folder,
            variables: secrets,
            configure: { configure(&$0, keyFile: nil) }
        ) { manager async throws in
            try await manager.openEnvironment()
            let worker = try #require(manager.children("re-worker").first)
            let reManager = try #require(manager.children("re-manager").first)
            for pid in [manager.pid, worker, reManager] {
                for secret in secrets.values { #expect(!processFile(pid, "cmdline").contains(secret)) }
            }
            #expect(processFile(worker, "environ").contains("PATH="))
            for secret in secrets.values { #expect(!processFile(worker, "environ").contains(secret)) }
        }
    }
}

/// The text of `/proc/<pid>/<name>`.
private func processFile(_ pid: Int32, _ name: String) -> String {
    guard let file = fopen("/proc/\(pid)/\(name)", "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
}
