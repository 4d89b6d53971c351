internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

/// `qserver history show`
struct HistoryShow: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show all about one item that ended.",
        usage: "qserver history show [<item>] [<options>]"
    )

    @Argument(
        help: """
            back or last (the default), front, its number in 'qserver history get', a negative number from the back, or \
            a UID or its first characters.
            """,
        completion: .byWords
    )
    var item = "back"

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .historyGet }

    func show(_ reply: JSONObject, from client: QueueClient, in context: CommandContext) async throws {
        let found = try item(in: objects(reply["items"]).map(QueueItem.init))
        if connection.json {
            context.print(JSONValue.object(found.raw).encodedText)
        } else {
            context.print(HistoryText.entry(found, on: context.display))
        }
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { HistoryText.text(reply, on: display) }

    private func item(in items: [QueueItem]) throws -> QueueItem {
        guard !items.isEmpty else { throw CommandFailure.refusal("the history is empty") }
        switch ItemReference(word: item == "last" ? "back" : item) {
        case .front: return items[0]
        case .back: return items[items.count - 1]
        case .index(let index):
            let place = index < 0 ? items.count + index : index
            guard items.indices.contains(place) else {
                throw CommandFailure.parameters(
                    "the history has no item \(index): it has \(count(items.count, "item")), 0 to \(items.count - 1)"
                )
            }
            return items[place]
        case .uid(let text):
            let uid = try UIDPrefix.complete(text, among: items.compactMap(\.uid), in: "history")
            guard let item = items.last(where: { $0.uid == uid }) else {
                throw CommandFailure.parameters("no item of the history has a UID that begins with '\(text)'")
            }
            return item
        }
    }
}
