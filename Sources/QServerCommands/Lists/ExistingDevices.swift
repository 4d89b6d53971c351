internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver existing devices`
struct ExistingDevices: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "List all devices.",
        usage: "qserver existing devices [<name>] [<options>]"
    )

    @Argument(help: "Explain this device.", completion: .byWords)
    var name: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .devicesExisting }

    func show(_ reply: JSONObject, from client: QueueClient, in context: CommandContext) async throws {
        try show(name, of: reply, "devices_existing", DeviceText.self, in: context)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        DeviceText.list(reply["devices_existing"]?.object ?? [:], on: display)
    }
}
