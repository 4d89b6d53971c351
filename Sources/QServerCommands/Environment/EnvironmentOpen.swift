internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver environment open`
struct EnvironmentOpen: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open the environment."
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .environmentOpen }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The environment is being opened."
    }
}
