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
        guard let count = Int(limit) else { return .historyClear(upTo: limit) }
        guard count >= 0 else {
            throw CommandFailure.parameters("how many of the newest items to keep is 0 or more, not \(count)")
        }
        return .historyClear(keeping: count)
    }

    func describe(_ reply: JSONObject, on display: Display, from client: QueueClient) async throws -> String {
        let left = try await client.status().itemsInHistory
        return left == 0 ? "The history is empty." : "The history keeps \(count(left, "item"))."
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { "The history is cleared." }
}
