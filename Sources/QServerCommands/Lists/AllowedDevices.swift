internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver allowed devices`
struct AllowedDevices: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "List the devices that the user group may use.",
        usage: "qserver allowed devices [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .devicesAllowed }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        DeviceText.text(reply["devices_allowed"]?.object ?? [:], on: display)
    }
}
