internal import QueueClient
internal import Wire

extension QueueItem {
    /// A plan as the command line gives it: JSON or a Python literal with a `name` and optional `args` and `kwargs`.
    ///
    /// - Throws: ``CommandFailure`` that shows what is wrong and where.
    static func plan(word: String, uid: String? = nil) throws -> QueueItem {
        try item(word: word, type: "plan", uid: uid)
    }

    /// A function call as the command line gives it, in the same form as a plan.
    ///
    /// - Throws: ``CommandFailure`` that shows what is wrong and where.
    static func function(word: String) throws -> QueueItem { try item(word: word, type: "function") }

    /// An instruction by its name on the command line.
    ///
    /// - Throws: ``CommandFailure`` if there is no such instruction.
    static func instruction(word: String, uid: String? = nil) throws -> QueueItem {
        guard word == "queue-stop" else {
            throw CommandFailure.parameters("unknown instruction '\(word)'; the only one is queue-stop")
        }
        return queueStop.identified(by: uid)
    }

    private static func item(word: String, type: String, uid: String? = nil) throws -> QueueItem {
        let value: JSONValue
        do throws(PythonLiteralError) {
            value = try JSONValue(literal: word)
        } catch {
            throw CommandFailure.parameters("the \(type) is neither JSON nor a Python literal: \(error)")
        }
        guard var raw = value.object else {
            throw CommandFailure.parameters(
                """
                the \(type) must be an object such as {'name': 'count', 'args': [['det1']], 'kwargs': {'num': 5}}, \
                not a value of type \(value.pythonTypeName)
                """
            )
        }
        raw["item_type"] = .string(type)
        return QueueItem(raw).identified(by: uid)
    }

    /// The item with this identifier, if there is one.
    func identified(by uid: String?) -> QueueItem {
        guard let uid else { return self }
        var raw = self.raw
        raw["item_uid"] = .string(uid)
        return QueueItem(raw)
    }
}
