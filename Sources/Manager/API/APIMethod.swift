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
    /// What a client must be allowed to do, where clients are known by their keys.
    let right: Right
    /// Whether requests are on record. By default those are that may change something.
    let isRecorded: Bool
    /// Whether `user` and `user_group` say on whose behalf a request is made. Where they select something, they do not.
    let isSigned: Bool
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
        right: Right,
        isRecorded: Bool? = nil,
        isSigned: Bool = true,
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
        self.right = right
        self.isRecorded = isRecorded ?? (right != .read)
        self.isSigned = isSigned
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
        case now(Answered)
        case afterWorker(WorkerCommand, finish: @Sendable (WorkerAnswer) throws -> Reply)
    }

    /// Carries out a request.
    ///
    /// - Parameter client: Who sent it, if clients are known by their keys.
    func answer(_ parameters: JSONValue, client: AuthorizedClient?, manager: isolated Manager) -> Answer {
        do {
            try client?.check(self)
            let parameters = client?.signed(parameters, for: self) ?? parameters
            let reply = try body(manager, try checked(parameters, lock: manager.lock))
            if case .afterWorker(let command, let finish) = reply { return .afterWorker(command, finish: finish) }
            return .now(answered { reply })
        } catch {
            if !(error is Refusal) { manager.log.error("\(name): \(error)") }
            return .now(answered { throw failsWithQueueSize ? sized(error, manager.queue.count) : error })
        }
    }

    private func sized(_ error: any Error, _ count: Int) -> Refusal {
        var refusal = error as? Refusal ?? .request("\(error)")
        refusal.members["qsize"] = .integer(count)
        return refusal
    }

    /// A reply as it is sent.
    struct Answered {
        let bytes: [UInt8]
        /// Why the request was refused; nil if it was not.
        var failure: String?
        /// Identifier of the item or the task that the reply shows.
        var uid: String?
    }

    /// A reply, or the refusal that is thrown instead.
    func answered(_ reply: () throws -> Reply) -> Answered {
        do {
            switch try reply() {
            case .members(let members):
                let bytes = (["success": true, "msg": ""] as JSONObject).merging(members).encoded
                return Answered(bytes: bytes, uid: members["item"]?["item_uid"]?.string ?? members["task_uid"]?.string)
            case .encoded(let bytes): return Answered(bytes: bytes)
            case .afterWorker: throw Refusal.request("A worker's answer cannot lead to another question")
            }
        } catch let refusal as Refusal {
            return refused(refusal)
        } catch {
            return refused(.request("\(error)"))
        }
    }

    private func refused(_ refusal: Refusal) -> Answered {
        let text = (refusal.hasPrefix ? prefix : "") + refusal.message
        let outcome: JSONObject = ["success": false, "msg": .string(text)]
        return Answered(bytes: outcome.merging(failure).merging(refusal.members).encoded, failure: text)
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
    /// What is recorded of it, if anything is.
    let audited: RequestAudit.Suspended
    let reply: @Sendable (WorkerAnswer) -> APIMethod.Answered
}
