internal import ArgumentParser
internal import QueueClient
internal import Wire

/// The programs `qserver-console` and `qserver-qtconsole`. Those of bluesky-queueserver connect to the IPython kernel
/// of the environment; here there is none, and these tell what to use in its place.
struct KernelConsole: Command {
    static let configuration = CommandConfiguration(
        commandName: "qserver-console",
        abstract: "Tell what takes the place of a console in the environment.",
        usage: "qserver-console [<options>]",
        discussion: replacements,
        version: QServer.version
    )

    static let replacements = """
        The environment has no IPython kernel to which a console could connect. Instead:

          qserver function execute <function>   call a function in the environment
          qserver script upload <file>          add devices, plans and functions to it
          qserver run <plan>                    run a plan and see what it prints
          qserver re metadata                   look at the run engine's metadata
          qserver-console-monitor               follow the console output
          re-run <plan>                         run a plan of the profile without a manager
        """

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run(in context: CommandContext) async throws {
        let client = try context.client()
        // The advice is as good without a manager, and for one that refuses to tell.
        let config = (try? await client.configGet()) ?? [:]
        guard config["ip_connect_info"]?.object?.isEmpty != false else {
            throw CommandFailure.operation(
                """
                the manager at \(context.configuration.controlAddress) has an IPython kernel, so it is a \
                bluesky-queueserver: use its own qserver-console
                """
            )
        }
        throw CommandFailure.operation(KernelConsole.replacements)
    }
}
