public import Wire

/// What the manager has made of an item: what the plan is to be called with. A worker that has no catalogue of its own
/// needs nothing else to run the plan.
public enum PlanCall: Sendable, Equatable {
    /// A text that stands for an object.
    public struct Reference: Sendable, Equatable {
        /// What the text names.
        public enum Kind: String, Sendable {
            case device, plan, expression
        }

        /// Where the text is in the arguments: the name of the parameter, then names and indices.
        public var path: [JSONValue]
        /// What it names.
        public var kind: Kind

        /// A reference at a place.
        public init(path: [JSONValue], kind: Kind) {
            self.path = path
            self.kind = kind
        }
    }

    /// The arguments by parameter, the texts in them that stand for objects, and the metadata for the runs.
    case bound(arguments: JSONObject, references: [Reference], meta: JSONObject)
    /// The item does not fit the plan, or its group may not run it any more.
    case impossible(reason: String)

    var json: JSONValue {
        switch self {
        case .bound(let arguments, let references, let meta):
            [
                "arguments": .object(arguments),
                "references": .array(
                    references.map { ["path": .array($0.path), "kind": .string($0.kind.rawValue)] }
                ),
                "meta": .object(meta),
            ]
        case .impossible(let reason): ["error": .string(reason)]
        }
    }

    init?(_ value: JSONValue) {
        if let reason = value["error"]?.string {
            self = .impossible(reason: reason)
            return
        }
        guard let arguments = value["arguments"]?.object else { return nil }
        let references = (value["references"]?.array ?? []).compactMap { reference -> Reference? in
            guard let path = reference["path"]?.array,
                let kind = reference["kind"]?.string.flatMap(Reference.Kind.init)
            else { return nil }
            return Reference(path: path, kind: kind)
        }
        self = .bound(arguments: arguments, references: references, meta: value["meta"]?.object ?? [:])
    }
}
