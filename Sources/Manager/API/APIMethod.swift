import Logging
import QueueStore
import Wire
import WorkerLink

/// One method of the API: what it accepts, how it fails, and what it does.
struct APIMethod: Sendable {
    /// What a method answers on success, besides `success` and `msg`.
    enum Reply {
        /// Members that are added to `success` and `msg`.
        case members(JSONObject)
        /// The whole reply, ready to send.
        case encoded([UInt8])
        /// The reply is what `finish` makes of the worker's answer to a command, which comes within 1.5 s.
        case afterWorker(WorkerCommand, finish: @Sendable (WorkerAnswer) throws -> Reply)

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
    /// Whether the reply has the length of the queue on failure too.
    private let failsWithQueueSize: Bool
    /// The part that a lock must leave open.
    private let locked: AccessLock.Part?
    private let checksLockKey: Bool
    /// Whether an empty list or text in the place of the parameters passes for none; it does where there are none.
    private let readsEmptyLists: Bool
    private let body: Body

    init(
        _ name: String,
        parameters: [String]? = [],
        prefix: String = "Error: ",
        failure: JSONObject = [:],
        failsWithQueueSize: Bool = false,
        locked: AccessLock.Part? = nil,
        checksLockKey: Bool = true,
        readsEmptyLists: Bool? = nil,
        body: @escaping Body
    ) {
        self.name = name
        self.parameters = parameters
        self.prefix = prefix
        self.failure = failure
        self.failsWithQueueSize = failsWithQueueSize
        self.locked = locked
        self.checksLockKey = checksLockKey
        self.readsEmptyLists = readsEmptyLists ?? (parameters?.isEmpty ?? true)
        self.body = body
    }

    /// When and how a request is answered.
    enum Answer {
        case now([UInt8])
        case afterWorker(WorkerCommand, finish: @Sendable (WorkerAnswer) throws -> Reply)
    }

    /// Carries out a request.
    func answer(_ parameters: JSONValue, manager: isolated Manager) -> Answer {
        do {
            let reply = try body(manager, try checked(parameters, lock: manager.lock))
            if case .afterWorker(let command, let finish) = reply { return .afterWorker(command, finish: finish) }
            return .now(encodedReply { reply })
        } catch {
            if !(error is Refusal) { manager.log.error("\(name): \(error)") }
            return .now(encodedReply { throw failsWithQueueSize ? sized(error, manager.queue.count) : error })
        }
    }

    private func sized(_ error: any Error, _ count: Int) -> Refusal {
        var refusal = error as? Refusal ?? .request("\(error)")
        refusal.members["qsize"] = .integer(count)
        return refusal
    }

    /// The bytes of a reply, or of the refusal that is thrown instead.
    func encodedReply(_ reply: () throws -> Reply) -> [UInt8] {
        do {
            switch try reply() {
            case .members(let members): return (["success": true, "msg": ""] as JSONObject).merging(members).encoded
            case .encoded(let bytes): return bytes
            case .afterWorker: throw Refusal.request("A worker's answer cannot lead to another question")
            }
        } catch let refusal as Refusal {
            return refused(refusal)
        } catch {
            return refused(.request("\(error)"))
        }
    }

    /// What the replies to all requests that failed begin with.
    static let failureStart = Array(#"{"success": false"#.utf8)

    private func refused(_ refusal: Refusal) -> [UInt8] {
        let text = (refusal.hasPrefix ? prefix : "") + refusal.message
        let outcome: JSONObject = ["success": false, "msg": .string(text)]
        return outcome.merging(failure).merging(refusal.members).encoded
    }

    /// Refuses parameters that the method does not know, and a lock key that cannot be one.
    private func checked(_ value: JSONValue, lock: AccessLock) throws(Refusal) -> Parameters {
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
            let parameters = Parameters(foreign: value)
            if !readsEmptyLists { try parameters.checkMembers() }
            return parameters
        }
        if checksLockKey, allowed.contains("lock_key") {
            let key = members["lock_key"] ?? .null
            guard key.isNull || key.string != nil else {
                throw .request("Lock key must be a non-empty string or None: lock_key = \(key.pythonRepr)")
            }
            if let locked { try lock.check(key.string, for: locked) }
        }
        return Parameters(members)
    }
}

/// A request that is answered when the worker has answered a command.
struct OwedReply {
    /// Number of the command.
    let command: Int
    let method: APIMethod
    /// When the request was read.
    let began = ContinuousClock.now
    let finish: @Sendable (WorkerAnswer) throws -> APIMethod.Reply
}
