internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver permissions reload`
struct PermissionsReload: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Read the permissions anew and make the lists of what is allowed.",
        usage: "qserver permissions reload [lists] [<options>]"
    )

    enum ListsWord: String, ExpressibleByArgument, CaseIterable { case lists }

    @Argument(help: "Read the lists of existing plans and devices from disk too.")
    var lists: ListsWord?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .permissionsReload(plansAndDevices: lists == nil ? nil : true) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The permissions are reloaded."
    }
}
