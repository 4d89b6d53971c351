import Glibc
import QueueClient
import Subprocess
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct OptionTests {
    @Test(arguments: [
        (["--ipython-shell-port", "x"], "--ipython-shell-port"), (["--no-such-option"], "--no-such-option"),
        (["--device-max-depth", "-1"], "--device-max-depth"),
    ])
    func `an option that cannot be done is refused with the reason`(options: [String], text: String) async throws {
        let result = try await runProgram("start-re-manager", options)
        #expect(result.status == .exited(64))
        #expect(result.error.contains(text), "\(result.error)")
    }

    @Test(arguments: [
        (["--startup-script", "/no/such/file.py"], "The startup script '/no/such/file.py' does not exist"),
        (["--startup-dir", "/no/such/folder"], "The startup directory '/no/such/folder' does not exist"),
        (["--startup-profile", "x", "--ipython-dir", "/no"], "'/no/profile_x/startup' does not exist"),
        (["--worker", "python", "--python", "/no/python"], "The Python interpreter '/no/python' does not exist"),
    ])
    func `startup code that cannot be found is refused`(options: [String], text: String) async throws {
        let state = try TemporaryFolder()
        let result = try await runProgram("start-re-manager", ["--state-dir", state.path] + options)
        #expect(result.status == .exited(1))
        #expect(result.error.contains(text), "\(result.error)")
    }

    @Test(arguments: [
        (["--startup-profile", "x", "--startup-dir", "/"], "Only one of --startup-dir and --startup-profile"),
        (["--startup-module", "x", "--startup-script", "y"], "Only one of --startup-script and --startup-module"),
        (["--startup-module", "json"], "Name it with --user-group-permissions"),
        (["--redis-name-prefix", "x"], "--redis-name-prefix needs --redis-addr"),
        (
            ["--zmq-control-addr", "foo"],
            "--zmq-control-addr: 'foo' is no address to listen at. Addresses look like tcp://"
        ),
        (["--zmq-info-addr", "tcp://127.0.0.1:port"], "--zmq-info-addr: 'tcp://127.0.0.1:port' is no address"),
        (["--zmq-addr", "ipc://"], "--zmq-control-addr: 'ipc://' is no address"),
    ])
    func `settings that cannot work are refused for good`(options: [String], text: String) async throws {
        let state = try TemporaryFolder()
        let result = try await runProgram("start-re-manager", ["--state-dir", state.path] + options)
        #expect(result.status == .exited(78))
        #expect(result.error.contains(text), "\(result.error)")
        #expect(!result.output.contains("not encrypted"), "\(result.output)")
    }

    @Test func `an address that is none is refused under the name of where it stands`() async throws {
        let file = try TemporaryFile("network: {zmq_control_addr: 'localhost:60615'}")
        let configured = try await runProgram("start-re-manager", ["--config", file.path])
        #expect(configured.status == .exited(78))
        #expect(configured.error.contains("network/zmq_control_addr: 'localhost:60615' is no address"))

        let variable = "QSERVER_ZMQ_INFO_ADDRESS_FOR_SERVER"
        let result = try await runProgram("start-re-manager", [], variables: [variable: "60625"])
        #expect(result.status == .exited(78))
        #expect(result.error.contains("\(variable): '60625' is no address"), "\(result.error)")
    }

    @Test func `a folder with a native profile and Python code needs to be told which of them counts`() async throws {
        let folder = try TemporaryFolder()
        try write("devices: {}", to: folder.path + "/devices.yaml")
        try write("", to: folder.path + "/00-start.py")
        let options = ["--state-dir", folder.path, "--startup-dir", folder.path]
        let result = try await runProgram("start-re-manager", options)
        #expect(result.status == .exited(78))
        #expect(result.error.contains("holds both devices.yaml and Python files"))
    }

    @Test func `an IPython kernel is refused, whoever asks for it`() async throws {
        let result = try await runProgram("start-re-manager", ["--use-ipython-kernel", "ON"])
        #expect(result.status == .exited(64))
        #expect(result.error.contains("--use-ipython-kernel ON is not supported"))

        let file = try TemporaryFile("worker: {use_ipython_kernel: true}")
        let configured = try await runProgram("start-re-manager", ["--config", file.path])
        #expect(configured.status == .exited(78))
        #expect(configured.error.contains("worker/use_ipython_kernel is not supported"))
    }

    @Test func `options that change nothing here are accepted, and those of a configuration too`() async throws {
        let file = try TemporaryFile("startup: {keep_re: true}\nworker: {use_ipython_kernel: true}")
        let options = [
            "--use-ipython-kernel", "OFF", "--ipython-matplotlib", "qt5", "--ipython-kernel-ip",
            "auto", "--ipython-connection-file", "x", "--ipython-connection-dir", "/x", "--ipython-shell-port", "1",
            "--ipython-iopub-port", "2", "--ipython-stdin-port", "3", "--ipython-hb-port", "4",
            "--ipython-control-port", "5", "--keep-re", "--ignore-invalid-plans", "ON",
            "--config", file.path,
        ]
        try await TestManager.run(state: TemporaryFolder(), options: options) { manager async throws in
            #expect(try await manager.client.ping().raw["manager_state"] == "idle")
        }
        // A start that fails for another reason still says what it ignores.
        let result = try await runProgram("start-re-manager", options + ["--documents-dir", "/no/such/folder"])
        for name in options + ["startup/keep_re"]
        where name.hasPrefix("--") && name != "--config" || name.contains("keep") {
            #expect(result.output.contains("\(name) is ignored: "), "\(name)")
        }
    }

    @Test func `the settings in effect are saved where the environment says, and no keys`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/settings.yaml"
        let variables = ["QSERVER_SETTINGS_SAVE_TO_FILE": path, "QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER": "very secret"]
        try await TestManager.run(state: TemporaryFolder(), options: ["--verbose"], variables: variables) { _ in }
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let size = fread(&bytes, 1, bytes.count, file)
        let saved = String(decoding: bytes[..<size], as: UTF8.self)
        for line in ["zmq_encoding: \"json\"\n", "zmq_info_addr: null\n", "console_logging_level: \"DEBUG\"\n"] {
            #expect(saved.contains(line), "\(saved)")
        }
        #expect(!saved.contains("secret"))
    }

    @Test func `a configuration wins over the environment and the command line over both`() async throws {
        let file = try TemporaryFile("network: {zmq_encoding: msgpack}\noperation: {emergency_lock_key: from-file}")
        let variables = ["QSERVER_ZMQ_ENCODING_FOR_SERVER": "json", "QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER": "other"]
        try await TestManager.run(state: TemporaryFolder(), options: ["--config", file.path], variables: variables) {
            manager async throws in
            let client = try RawClient(address: manager.address, encoding: .msgpack)
            let lock: JSONValue = ["environment": true, "queue": true, "user": "u", "lock_key": "a"]
            #expect(try await client.ask(["method": "lock", "params": lock])["success"] == true)
            let stranger = try await client.ask(["method": "unlock", "params": ["lock_key": "other"]])
            #expect(stranger["success"] == false)
            let unlocked = try await client.ask(["method": "unlock", "params": ["lock_key": "from-file"]])
            #expect(unlocked["success"] == true)
        }
        try await TestManager.run(
            state: TemporaryFolder(),
            options: ["--zmq-encoding", "json"],
            variables: ["QSERVER_CONFIG": file.path]
        ) { manager async throws in
            #expect(try await RawClient(address: manager.address).ask(["method": "ping"])["manager_state"] == "idle")
        }
    }

    @Test func `a wrong configuration ends the start with the file and the member`() async throws {
        let file = try TemporaryFile("network: {zmq_adr: x}")
        let result = try await runProgram("start-re-manager", ["--config", file.path])
        #expect(result.status == .exited(78))
        #expect(result.error.contains(file.path) && result.error.contains("unknown member network/zmq_adr"))
    }

    @Test func `a folder of configurations may have each section once`() async throws {
        let folder = try TemporaryFolder()
        for name in ["a.yaml", "b.yaml"] { try write("network: {zmq_encoding: json}", to: "\(folder.path)/\(name)") }
        try write("not: a configuration", to: "\(folder.path)/.hidden")
        let result = try await runProgram("start-re-manager", ["--config", folder.path])
        #expect(result.status == .exited(78))
        #expect(result.error.contains("b.yaml: the section network is in \(folder.path)/a.yaml too"))
    }
}

/// A file with a text, in a folder of its own.
private struct TemporaryFile {
    private let folder: TemporaryFolder
    var path: String { folder.path + "/config.yaml" }

    init(_ text: String) throws {
        folder = try TemporaryFolder()
        try write(text, to: folder.path + "/config.yaml")
    }
}

private func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
}
