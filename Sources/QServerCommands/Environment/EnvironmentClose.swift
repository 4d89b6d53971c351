internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver environment close`
struct EnvironmentClose: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close the environment; refused while a plan runs or is paused."
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .environmentClose }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The environment is being closed."
    }
}
