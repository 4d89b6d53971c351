import ManagerConfiguration
import SupervisorLink
import Testing

@Suite struct ConfigurationTests {
    @Test func `each member that is applied is read`() throws {
        let configuration = try ManagerConfiguration(
            yaml: """
                network:
                  zmq_control_addr: tcp://127.0.0.1:5000
                  zmq_private_key: secret
                  zmq_private_key_file: /key
                  zmq_clients_file: /clients
                  zmq_info_encryption: true
                  zmq_info_addr: tcp://127.0.0.1:5001
                  zmq_encoding: msgpack
                  zmq_publish_console: true
                startup:
                  startup_dir: /profile
                  existing_plans_and_devices_path: /lists
                  user_group_permissions_path: /permissions
                worker:
                  permitted_re_metadata_keys: [/sample/name, /proposal]
                  use_ipython_kernel: false
                operation:
                  print_console_output: false
                  console_logging_level: QUIET
                  update_existing_plans_and_devices: NEVER
                  user_group_permissions_reload: ON_REQUEST
                  audit_retention_days: 30
                  emergency_lock_key: key
                  emergency_lock_key_file: /lock-key
                """
        )
        var expected = ManagerConfiguration()
        expected.controlAddress = "tcp://127.0.0.1:5000"
        expected.privateKey = "secret"
        expected.privateKeyFile = "/key"
        expected.clientsFile = "/clients"
        expected.encryptsInfo = true
        expected.infoAddress = "tcp://127.0.0.1:5001"
        expected.encoding = "msgpack"
        expected.publishesConsole = true
        expected.startupDirectory = "/profile"
        expected.listsPath = "/lists"
        expected.permissionsPath = "/permissions"
        expected.permittedMetadataKeys = ["/sample/name", "/proposal"]
        expected.usesIPythonKernel = false
        expected.printsConsole = false
        expected.loggingLevel = .quiet
        expected.listsUpdate = .never
        expected.permissionsReload = .onRequest
        expected.auditDays = 30
        expected.emergencyLockKey = "key"
        expected.emergencyLockKeyFile = "/lock-key"
        #expect(configuration == expected)
    }

    @Test func `members of IPython are accepted and named as ignored`() throws {
        let configuration = try ManagerConfiguration(
            yaml: "startup: {keep_re: true}\nworker: {ipython_shell_port: 60000}"
        )
        #expect(
            configuration.ignored.map(\.member) == [
                "startup/keep_re", "worker/ipython_shell_port",
            ]
        )
        #expect(configuration.ignored.last?.reason.contains("IPython") == true)
    }

    @Test func `startup code in Python and its worker are taken over`() throws {
        let configuration = try ManagerConfiguration(
            yaml: """
                startup: {startup_profile: collection, ipython_dir: /ipython, startup_module: m, startup_script: s.py,
                  device_max_depth: 2, ignore_invalid_plans: true}
                worker: {type: python, python: /venv/bin/python}
                """
        )
        var expected = ManagerConfiguration()
        expected.startupProfile = "collection"
        expected.iPythonDirectory = "/ipython"
        expected.startupModule = "m"
        expected.startupScript = "s.py"
        expected.deviceMaximumDepth = 2
        expected.ignoresInvalidPlans = true
        expected.workerType = "python"
        expected.pythonInterpreter = "/venv/bin/python"
        #expect(configuration == expected)
    }

    @Test(arguments: ["", "network:", "{}"])
    func `an empty configuration says nothing`(text: String) throws {
        #expect(try ManagerConfiguration(yaml: text) == ManagerConfiguration())
    }

    @Test(arguments: [
        ("netwrok: {}", "unknown section netwrok; allowed are network, operation, startup, worker"),
        ("network: {zmq_adr: x}", "unknown member network/zmq_adr; allowed are redis_addr,"),
        ("startup: {device_max_depth: -1}", "startup/device_max_depth must be an integer that is not negative"),
        ("operation: {on_failure: retry}", "operation/on_failure must be one of front, hold, drop"),
        (
            "operation: {history_max_entries: -1}",
            "operation/history_max_entries must be an integer that is not negative"
        ),
        ("operation: {history_max_days: long}", "operation/history_max_days must be a number from 0"),
        ("network: {redis_addr: 1}", "network/redis_addr must be a text"),
        ("network: {zmq_publish_console: 3}", "network/zmq_publish_console must be true or false, and not 3"),
        ("network: {zmq_private_key: [x]}", "must be a text"),
        (
            "operation: {audit_retention_days: -1}",
            "operation/audit_retention_days must be an integer that is not negative, and not -1"
        ),
        ("worker: {ipython_hb_port: '1'}", "worker/ipython_hb_port must be an integer"),
        ("worker: {permitted_re_metadata_keys: [1]}", "must be a list of texts"),
        ("operation: {console_logging_level: LOUD}", "must be one of VERBOSE, NORMAL, QUIET, SILENT"),
        ("network: [1]", "the section network must be a mapping, and not list"),
        ("[1]", "a mapping of sections is expected"), ("a: [", "line"),
    ])
    func `a wrong configuration is refused with its place`(text: String, reason: String) {
        let error = #expect(throws: ConfigurationError.self) { try ManagerConfiguration(yaml: text) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func `a secret of the wrong type is not shown`() {
        let error = #expect(throws: ConfigurationError.self) {
            try ManagerConfiguration(yaml: "network: {zmq_publish_console: secret}")
        }
        #expect(error?.description.contains("secret") == false)
    }

    @Test func `variables of the environment are put in, and unknown ones stay`() throws {
        let configuration = try ManagerConfiguration(
            yaml: "startup: {startup_dir: '$/${PATH}$NO_SUCH_VARIABLE/${x'}"
        )
        let path = try #require(configuration.startupDirectory)
        #expect(path.hasPrefix("$/") && path.hasSuffix("$NO_SUCH_VARIABLE/${x"))
        #expect(!path.contains("PATH"))
    }

    @Test func `a file that does not exist is named`() {
        let error = #expect(throws: ConfigurationError.self) { try ManagerConfiguration(path: "/no/such/file") }
        #expect(error?.description.contains("/no/such/file") == true)
    }
}
