internal import ArgumentParser
internal import QueueClient
internal import Wire

/// The program `qserver-console-monitor`.
struct ConsoleMonitor: Command {
    static let configuration = CommandConfiguration(
        commandName: "qserver-console-monitor",
        abstract: "Print the console output that a run-engine manager publishes, until interrupted.",
        usage: "qserver-console-monitor [<options>]",
        discussion: """
            The manager must have been started with --zmq-publish-console ON. Output from before the start of this \
            program is not shown. Ctrl-C ends it.
            """,
        version: QServer.version
    )

    @Option(
        name: .customLong("zmq-info-addr"),
        help: ArgumentHelp(
            "Where the manager publishes. Default: QSERVER_ZMQ_INFO_ADDRESS, else tcp://localhost:60625.",
            valueName: "address"
        )
    )
    var infoAddress: String?

    @Option(
        name: .customLong("zmq-subscribe-addr"),
        help: ArgumentHelp("The old name of --zmq-info-addr.", valueName: "address")
    )
    var subscribeAddress: String?

    @Option(
        name: .customLong("zmq-private-key-file"),
        help: ArgumentHelp(
            """
            File of the secret key by which the manager knows you, where what is published is encrypted. Default: \
            QSERVER_ZMQ_PRIVATE_KEY_FILE, else none.
            """,
            valueName: "path"
        )
    )
    var privateKeyFile: String?

    @Option(
        name: .customLong("zmq-info-encryption"),
        help: ArgumentHelp(
            "Whether what is published is encrypted: ON or OFF. Default: QSERVER_ZMQ_INFO_ENCRYPTION, else OFF.",
            valueName: "ON|OFF"
        )
    )
    var infoEncryption: String?

    @Option(
        name: .customLong("zmq-encoding"),
        help: ArgumentHelp("How messages are encoded, json or msgpack. Default: QSERVER_ZMQ_ENCODING, else json.")
    )
    var encoding: String?

    @Option(help: ArgumentHelp("A server of the file ~/.config/qserver/config.yaml.", valueName: "name"))
    var server: String?

    var connection: ConnectionOptions {
        var options = ConnectionOptions.withDefaults
        options.infoAddress = infoAddress ?? subscribeAddress
        options.privateKeyFile = privateKeyFile
        options.infoEncryption = infoEncryption
        options.encoding = encoding
        options.server = server
        return options
    }

    func run(in context: CommandContext) async throws {
        let messages = try context.client().messages()
        let wait = Task {
            try await Task.sleep(for: .seconds(5))
            context.note(
                """
                Nothing has arrived from \(context.configuration.infoAddress) yet. Was the manager started with \
                --zmq-publish-console ON, is this its address (--zmq-info-addr), and does it encrypt what it publishes \
                (--zmq-info-encryption)?
                """
            )
        }
        defer { wait.cancel() }
        do {
            try await context.untilInterrupted(saying: "") {
                for await message in messages {
                    wait.cancel()
                    if case .console(_, let text) = message { context.output.write(text) }
                }
            }
        } catch let failure as CommandFailure where failure.status == .interrupted {
            // Ctrl-C is the way to end it, so it is no failure.
        }
    }
}
