public import ArgumentParser

/// The command line of a run-engine manager.
public struct QServer: GroupCommand {
    /// The root command.
    public static let configuration = CommandConfiguration(
        commandName: "qserver",
        abstract: "Controls a run-engine manager: its queue, its environment and its plans.",
        usage: "qserver <command> [<options>]",
        discussion: """
            The manager's address is taken from --zmq-control-addr, else from QSERVER_ZMQ_CONTROL_ADDRESS, else it is \
            this machine. If the connection is encrypted, QSERVER_ZMQ_PUBLIC_KEY holds the manager's public key.

            Exit codes: 0 done, 1 wrong command line, 2 refused by the manager, 3 no answer, 4 unexpected error, \
            5 accepted, but what it started failed.

            A first run:
              qserver environment open --wait
              qserver queue add plan "{'name': 'count', 'args': [['det1']]}"
              qserver queue get
              qserver queue start --wait
              qserver history get

            In an emergency:
              qserver re pause immediate
              qserver re abort
              qserver environment destroy
            """,
        version: version,
        subcommands: [
            Status.self, Ping.self, Config.self, Monitor.self,
            EnvironmentGroup.self, QueueGroup.self, RunEngineGroup.self, HistoryGroup.self,
            AllowedGroup.self, ExistingGroup.self, PermissionsGroup.self,
            FunctionGroup.self, ScriptGroup.self, TasksGroup.self, KernelGroup.self,
            Lock.self, Unlock.self, ManagerGroup.self,
        ]
    )

    /// Version of the tool and of the API that it speaks.
    static let version = "qserver 0.1.0 (API of RE Manager v0.0.25)"

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    /// Parsed by swift-argument-parser.
    public init() {}
}
