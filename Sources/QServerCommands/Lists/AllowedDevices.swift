internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver allowed devices`
struct AllowedDevices: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "List the devices that the user group may use.",
        usage: "qserver allowed devices [<name>] [<options>]"
    )

    @Argument(help: "Explain this device.", completion: .byWords)
    var name: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .devicesAllowed }

    func show(_ reply: JSONObject, from client: QueueClient, in context: CommandContext) async throws {
        try show(name, of: reply, "devices_allowed", DeviceText.self, in: context)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        DeviceText.list(reply["devices_allowed"]?.object ?? [:], on: display)
    }
}
