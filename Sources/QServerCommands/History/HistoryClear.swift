internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

/// `qserver history clear`
struct HistoryClear: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear",
        abstract: "Empty the history, wholly or in part.",
        usage: "qserver history clear [<limit>] [<options>]"
    )

    @Argument(
        help: "How many of the newest items to keep, or the UID of the last item to remove.",
        completion: .byWords
    )
    var limit: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        guard let limit else { return .historyClear() }
        return Int(limit).map { .historyClear(keeping: $0) } ?? .historyClear(upTo: limit)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        guard let limit else { return "The history is cleared." }
        return Int(limit).map { "The history keeps its newest \(count(max(0, $0), "item"))." }
            ?? "The history is cleared up to that item."
    }
}
