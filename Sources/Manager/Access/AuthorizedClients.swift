import PlanCatalog
import Wire
import ZeroMQ

/// The clients that are admitted, by their public keys.
///
///     clients:
///       ada:
///         key: "F5B6@^zO.y<Tk6E3S>dN#{%[?^i[/6Hn]oS-%%8Y"
///         user: Ada Lovelace
///         group: primary
///         rights: [queue, run]
///     guest:
///       group: observers
///       rights: [read]
struct AuthorizedClients: Sendable, Equatable {
    private var clients: [String: AuthorizedClient] = [:]

    /// Nobody.
    init() {}

    /// Reads the document of a file.
    ///
    /// - Throws: ``ClientsError`` with the member that is wrong and what is allowed.
    init(_ value: JSONValue) throws(ClientsError) {
        guard let sections = value.object, !sections.isEmpty else {
            throw ClientsError("a mapping with 'clients', 'guest' or both is expected")
        }
        for (section, value) in sections {
            switch section {
            case "clients":
                guard let entries = value.object else {
                    throw ClientsError("'clients' must be a mapping of names to clients")
                }
                for (name, entry) in entries { try add(Entry(entry, at: "clients/\(name)", hasKey: true), name: name) }
            case "guest": try add(Entry(value, at: "guest", hasKey: false), name: "guest")
            default: throw ClientsError("unknown member '\(section)'; allowed are clients, guest")
            }
        }
    }

    private mutating func add(_ entry: Entry, name: String) throws(ClientsError) {
        let client = AuthorizedClient(
            name: name,
            user: entry.user ?? name,
            group: entry.group,
            rights: entry.rights.union([.read])
        )
        if let other = clients.updateValue(client, forKey: entry.key) {
            throw ClientsError("'\(name)' and '\(other.name)' have the same key")
        }
    }

    /// The client with this public key, if it is admitted.
    subscript(publicKey: String) -> AuthorizedClient? { clients[publicKey] }

    /// How many clients are admitted.
    var count: Int { clients.count }
}

/// Why a file of clients cannot be used.
struct ClientsError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// One client as the file has it.
private struct Entry {
    var key = CurveKeys.wellKnownClient.publicKey
    var user: String?
    var group = ""
    var rights: Set<Right> = []

    init(_ value: JSONValue, at place: String, hasKey: Bool) throws(ClientsError) {
        let names = (hasKey ? ["key"] : []) + ["user", "group", "rights"]
        guard let members = value.object else {
            throw ClientsError("\(place) must be a mapping with \(names.joined(separator: ", "))")
        }
        for name in members.keys where !names.contains(name) {
            throw ClientsError("unknown member \(place)/\(name); allowed are \(names.joined(separator: ", "))")
        }
        for name in names where name != "user" && members[name] == nil {
            throw ClientsError("\(place)/\(name) is missing")
        }
        if hasKey {
            guard let text = members["key"]?.string, CurveKeys.isValid(text) else {
                throw ClientsError("\(place)/key must be a public key: 40 characters of the Z85 alphabet, in quotes")
            }
            key = text
        }
        if let value = members["user"] { user = try Entry.text(value, "\(place)/user") }
        group = try Entry.text(members["group"] ?? .null, "\(place)/group")
        guard let words = members["rights"]?.array else { throw ClientsError("\(place)/rights must be a list") }
        for word in words { rights.formUnion(try Entry.rights(word, "\(place)/rights")) }
    }

    private static func text(_ value: JSONValue, _ place: String) throws(ClientsError) -> String {
        guard let text = value.string, !text.isEmpty else { throw ClientsError("\(place) must be a text") }
        return text
    }

    private static func rights(_ word: JSONValue, _ place: String) throws(ClientsError) -> Set<Right> {
        if word == "all" { return Set(Right.allCases) }
        guard let right = word.string.flatMap(Right.init) else {
            throw ClientsError(
                "\(place): \(word.pythonRepr) is no right; allowed are \(Right.list(Right.allCases)), all"
            )
        }
        return [right]
    }
}
