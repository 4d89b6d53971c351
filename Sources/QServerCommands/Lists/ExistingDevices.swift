internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver existing devices`
struct ExistingDevices: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "List all devices.",
        usage: "qserver existing devices [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .devicesExisting }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        DeviceText.text(reply["devices_existing"]?.object ?? [:], on: display)
    }
}
