public import ArgumentParser

/// The command line of a run-engine manager.
public struct QServer: GroupCommand {
    /// The root command.
    public static let configuration = CommandConfiguration(
        commandName: "qserver",
        abstract: "Controls a run-engine manager: its queue, its environment and its plans.",
        usage: "qserver <command> [<options>]",
        discussion: """
            Where the manager is, is said by --zmq-control-addr, else by --server or QSERVER_SERVER (a server of the \
            file ~/.config/qserver/config.yaml), else by QSERVER_ZMQ_CONTROL_ADDRESS, else by the file's default, \
            else it is this machine. If the connection is encrypted, QSERVER_ZMQ_PUBLIC_KEY holds the manager's \
            public key.

            Exit codes: 0 done, 1 wrong command line, 2 refused by the manager, 3 no answer, 4 unexpected error. When \
            waiting: 5 failed, 6 stopped, 7 aborted or halted, 8 paused, 9 removed from the queue, 124 not done in \
            time, 130 no longer waiting (Ctrl-C).

            A first run:
              qserver environment open --wait
              qserver run count det1,det2 num=3
              qserver queue add plan scan det1 motor -1 1 num=10
              qserver queue get
              qserver queue start --wait
              qserver history get

            In an emergency:
              qserver re pause immediate
              qserver re abort
              qserver environment destroy

            When something does not work:
              qserver doctor
            """,
        version: version,
        subcommands: [
            Status.self, Ping.self, Config.self, Monitor.self, RunPlan.self,
            EnvironmentGroup.self, QueueGroup.self, RunEngineGroup.self, HistoryGroup.self,
            AllowedGroup.self, ExistingGroup.self, PermissionsGroup.self,
            FunctionGroup.self, ScriptGroup.self, TasksGroup.self, KernelGroup.self,
            Lock.self, Unlock.self, ManagerGroup.self, Audit.self, Doctor.self,
        ]
    )

    /// Version of the tool and of the API that it speaks.
    static let version = "qserver 0.1.0 (API of RE Manager v0.0.25)"

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    /// Parsed by swift-argument-parser.
    public init() {}
}
