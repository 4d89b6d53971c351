internal import QueueClient
internal import TerminalKit
internal import Wire

/// The queue and what was done to it, for a reader.
enum QueueText {
    static func text(_ reply: JSONObject, on display: Display) -> String {
        let items = objects(reply["items"]).map(QueueItem.init)
        var parts: [String] = []
        if let running = reply["running_item"]?.object, !running.isEmpty {
            let item = QueueItem(running)
            let line = "Running  \(item.call)  \(shortUID(item.uid ?? ""))".cut(toColumns: display.width)
            parts.append(display.styled(line, .green))
        }
        parts.append(items.isEmpty ? "The queue is empty." : Table.items(items).text(on: display))
        return parts.joined(separator: "\n\n")
    }

    static func added(_ reply: JSONObject) -> String { done("Added", reply) + size(reply) }

    static func updated(_ reply: JSONObject) -> String { done("Updated", reply) + size(reply) }

    static func removed(_ reply: JSONObject) -> String { done("Removed", reply) + size(reply) }

    static func moved(_ reply: JSONObject) -> String { done("Moved", reply) }

    static func released(_ reply: JSONObject) -> String { done("Released", reply) }

    static func executed(_ reply: JSONObject) -> String { done("Started", reply) }

    private static func done(_ verb: String, _ reply: JSONObject) -> String {
        let item = QueueItem(reply["item"]?.object ?? [:])
        return "\(verb) \(item.call)" + (item.uid.map { "\nUID  \($0)" } ?? "")
    }

    private static func size(_ reply: JSONObject) -> String {
        reply["qsize"]?.integer.map { "\nQueue  \(count($0, "item"))" } ?? ""
    }
}

/// The objects of an array.
func objects(_ value: JSONValue?) -> [JSONObject] { value?.array?.compactMap(\.object) ?? [] }
