internal import QueueClient
internal import Wire

/// A plan on the command line: a JSON or Python literal, or its name and its values one by one, as in
/// `count det1,det2 num=5`.
enum PlanWords: Sendable, Hashable {
    case literal(QueueItem)
    case call(PlanCall)

    /// - Throws: ``CommandFailure`` that shows what is wrong and where.
    init(_ words: ArraySlice<String>, uid: String? = nil) throws {
        guard let first = words.first else {
            throw CommandFailure.parameters("the plan is missing, for example: count det1,det2 num=5")
        }
        let isName = WordValue.named(first) == nil && first.first.map { $0.isLetter || $0 == "_" } == true
        guard isName else {
            guard words.count == 1 else {
                throw CommandFailure.parameters(
                    "expected one plan, optionally after a position (front, back, a number, before <uid>, after <uid>); "
                        + "got \(words.count) words: \(words.joined(separator: " "))"
                )
            }
            self = .literal(try .plan(word: first, uid: uid))
            return
        }
        self = .call(try PlanCall(name: first, words: words.dropFirst(), uid: uid))
    }

    /// The item, without what the manager knows of the plan.
    var item: QueueItem {
        switch self {
        case .literal(let item): item
        case .call(let call): call.item
        }
    }

    /// The item; values given one by one are checked against the plan's description.
    ///
    /// - Throws: ``CommandFailure`` that names the value and what is allowed, ``QueueClientError``.
    func item(knownTo client: QueueClient) async throws -> QueueItem {
        switch self {
        case .literal(let item): return item
        case .call(let call):
            let plans = try await client.plansAllowed()
            guard let description = plans[call.name]?.object else {
                throw CommandFailure.parameters(
                    "there is no plan '\(call.name)' that the group '\(client.configuration.userGroup)' may use."
                        + Suggestion.question(call.name, in: plans.keys) + " 'qserver allowed plans' lists them"
                )
            }
            var check = PlanCallCheck(PlanDescription(description), planNames: plans.keys)
            if check.needsDevices { check.devices = try await client.devicesAllowed() }
            return try check.checked(call).item
        }
    }
}

/// A plan's name and values, one by one.
struct PlanCall: Sendable, Hashable {
    let name: String
    let uid: String?
    /// Values by position.
    var arguments: [JSONValue] = []
    /// Values by name.
    var keywordArguments = JSONObject()

    /// - Throws: ``CommandFailure`` that names the value that cannot be read.
    init(name: String, words: ArraySlice<String>, uid: String? = nil) throws {
        self.name = name
        self.uid = uid
        for word in words {
            guard let (key, text) = WordValue.named(word) else {
                guard keywordArguments.isEmpty else {
                    throw CommandFailure.parameters(
                        "'\(word)' stands after a value with a name; values without a name come first"
                    )
                }
                arguments.append(try WordValue.value(word))
                continue
            }
            guard keywordArguments[key] == nil else { throw CommandFailure.parameters("'\(key)' is given twice") }
            keywordArguments[key] = try WordValue.value(text)
        }
    }

    /// The item for the queue.
    var item: QueueItem {
        QueueItem.plan(name, arguments, keywordArguments: keywordArguments).identified(by: uid)
    }
}
