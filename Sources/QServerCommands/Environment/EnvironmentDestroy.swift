internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver environment destroy`
struct EnvironmentDestroy: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "End the environment at once, with whatever runs in it."
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .environmentDestroy }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The environment is being destroyed."
    }
}
