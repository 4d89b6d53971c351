internal import Wire

/// A place in the queue where an item goes.
public enum ItemPosition: Sendable, Hashable {
    case front
    case back
    /// Counted from 0 at the front; negative numbers count from the back, -1 being the last place but one.
    case index(Int)
    /// Before the item with this identifier.
    case before(uid: String)
    /// After the item with this identifier. After the running item means the front of the queue.
    case after(uid: String)

    /// The parameter that names the place, where `positionKey` is the name that the method uses for a number.
    func parameter(positionKey: String) -> (key: String, value: JSONValue) {
        switch self {
        case .front: (positionKey, "front")
        case .back: (positionKey, "back")
        case .index(let index): (positionKey, .integer(index))
        case .before(let uid): ("before_uid", .string(uid))
        case .after(let uid): ("after_uid", .string(uid))
        }
    }
}

/// An item of the queue.
public enum ItemReference: Sendable, Hashable {
    case front
    case back
    /// Counted from 0 at the front; negative numbers count from the back, -1 being the last item.
    case index(Int)
    /// The item with this identifier.
    case uid(String)

    var parameter: (key: String, value: JSONValue) {
        switch self {
        case .front: ("pos", "front")
        case .back: ("pos", "back")
        case .index(let index): ("pos", .integer(index))
        case .uid(let uid): ("uid", .string(uid))
        }
    }
}
