import Logging
import Wire

/// One method of the API: what it accepts, how it fails, and what it does.
struct APIMethod: Sendable {
    /// What a method answers on success, besides `success` and `msg`.
    enum Reply {
        /// Members that are added to `success` and `msg`.
        case members(JSONObject)
        /// The whole reply, ready to send.
        case encoded([UInt8])

        /// Nothing but `success` and `msg`.
        static let done = Reply.members([:])
    }

    typealias Body = @Sendable (isolated Manager, Parameters) throws -> Reply

    /// The name on the wire.
    let name: String
    /// The parameters that are allowed, in the order in which error texts list them; nil if anything is.
    let parameters: [String]?
    /// What goes before the text of an error in the request.
    let prefix: String
    /// What the reply has on failure besides `success` and `msg`.
    let failure: JSONObject
    private let body: Body

    init(
        _ name: String,
        parameters: [String]? = [],
        prefix: String = "Error: ",
        failure: JSONObject = [:],
        body: @escaping Body
    ) {
        self.name = name
        self.parameters = parameters
        self.prefix = prefix
        self.failure = failure
        self.body = body
    }

    /// Carries out a request and returns the reply to send.
    func answer(_ parameters: JSONValue, manager: isolated Manager) -> [UInt8] {
        do {
            switch try body(manager, try checked(parameters)) {
            case .members(let members): return (["success": true, "msg": ""] as JSONObject).merging(members).encoded
            case .encoded(let bytes): return bytes
            }
        } catch let refusal as Refusal {
            return refused(refusal)
        } catch {
            manager.log.error("\(name): \(error)")
            return refused(.request("\(error)"))
        }
    }

    private func refused(_ refusal: Refusal) -> [UInt8] {
        let text = (refusal.hasPrefix ? prefix : "") + refusal.message
        let outcome: JSONObject = ["success": false, "msg": .string(text)]
        return outcome.merging(failure).merging(refusal.members).encoded
    }

    /// Refuses parameters that the method does not know, and a lock key that cannot be one.
    private func checked(_ value: JSONValue) throws(Refusal) -> Parameters {
        guard let allowed = parameters else { return Parameters(value.object ?? [:]) }
        let names: [JSONValue]
        switch value {
        case .object(let members): names = members.keys.map(JSONValue.string)
        // A list or a text in the place of the parameters is searched for names, as Python would.
        case .array(let elements): names = elements
        case .string(let text): names = text.map { .string(String($0)) }
        default: throw .request("'\(value.pythonTypeName)' object is not iterable")
        }
        let unsupported = names.filter { name in !allowed.contains { name == .string($0) } }
        guard unsupported.isEmpty else {
            let shown = unsupported.count == 1 ? unsupported[0].pythonRepr : JSONValue.array(unsupported).pythonRepr
            throw .request(
                "API request contains unsupported parameters: \(shown). "
                    + "Supported parameters: \(JSONValue(allowed).pythonRepr)"
            )
        }
        guard let members = value.object else {
            throw .request("'\(value.pythonTypeName)' object has no attribute 'get'")
        }
        if allowed.contains("lock_key"), let key = members["lock_key"], key.string == nil, !key.isNull {
            throw .request("Lock key must be a non-empty string or None: lock_key = \(key.pythonRepr)")
        }
        return Parameters(members)
    }
}
