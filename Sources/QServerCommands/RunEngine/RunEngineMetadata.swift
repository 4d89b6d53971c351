internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver re metadata`
struct RunEngineMetadata: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "metadata",
        abstract: "Show the metadata that the run engine adds to each run.",
        usage: "qserver re metadata [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .reMetadata }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        Outline.text(reply["re_metadata"] ?? [:])
    }
}
