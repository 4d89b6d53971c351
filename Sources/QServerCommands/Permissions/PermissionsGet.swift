internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver permissions get`
struct PermissionsGet: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Show which group may use which plans, devices and functions (as YAML).",
        usage: "qserver permissions get [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .permissionsGet }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        Outline.text(reply["user_group_permissions"] ?? [:])
    }
}
