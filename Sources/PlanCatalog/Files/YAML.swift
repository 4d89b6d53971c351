public import Wire
internal import Yams

/// YAML files as JSON values. The only place that knows the YAML library.
public enum YAML {
    /// Reads a YAML document with the meaning that PyYAML's loader gives it (YAML 1.1: `yes` is true, `1_000` a number).
    ///
    /// - Returns: The value; null if the document is empty.
    /// - Throws: ``CatalogError`` with the line and the column.
    public static func value(of text: String) throws(CatalogError) -> JSONValue {
        let node: Node?
        do {
            // The basic resolver decides nothing: the types of scalars are decided below.
            node = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw CatalogError(reason(error))
        } catch {
            throw CatalogError("\(error)")
        }
        guard let node else { return .null }
        // Anchors may repeat parts, but not so often that a small file fills the memory.
        var reader = NodeReader(room: 1_000 + 10 * text.utf8.count)
        return try reader.value(of: node, depth: 0)
    }

    /// Writes a value as a YAML document in block style and ASCII, which PyYAML reads as the same value.
    public static func text(of value: JSONValue) -> String {
        var writer = YAMLWriter()
        writer.document(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func reason(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "line \(mark.line), column \(mark.column): \(problem)"
        case .duplicatedKeysInMapping(let keys, let context):
            "line \(context.mark.line): the key \(keys.map { "'\($0)'" }.joined(separator: ", ")) is there twice"
        case .reader(let problem, let offset, _, _): "byte \(offset ?? 0): \(problem)"
        default: "\(error)"
        }
    }
}

/// Turns the nodes of a document into values.
private struct NodeReader {
    private static let maximumDepth = 200

    var room: Int

    mutating func value(of node: Node, depth: Int) throws(CatalogError) -> JSONValue {
        room -= 1
        if room < 0 { throw CatalogError("the document is too large; do its anchors repeat each other?") }
        if depth > Self.maximumDepth { throw error(node, "nested more than \(Self.maximumDepth) deep") }
        switch node {
        case .scalar(let scalar): return try value(of: scalar)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence { elements.append(try value(of: element, depth: depth + 1)) }
            return .array(elements)
        case .mapping(let mapping): return .object(try object(of: mapping, depth: depth))
        case .alias: throw error(node, "an alias that is not resolved")
        }
    }

    private mutating func object(of mapping: Node.Mapping, depth: Int) throws(CatalogError) -> JSONObject {
        var members = JSONObject()
        var inherited = JSONObject()
        for (key, node) in mapping {
            guard case .scalar(let name) = key else { throw error(key, "a key must be a text") }
            let value = try value(of: node, depth: depth + 1)
            if name.string == "<<", name.style == .plain {
                for base in value.array ?? [value] {
                    guard let base = base.object else { throw error(node, "'<<' needs a mapping") }
                    inherited = base.merging(inherited)
                }
            } else {
                // Keys that are no texts become what Python's json module makes of them.
                members[try self.value(of: name).string ?? name.string] = value
            }
        }
        return inherited.isEmpty ? members : inherited.merging(members)
    }

    private func value(of scalar: Node.Scalar) throws(CatalogError) -> JSONValue {
        switch scalar.tag.rawValue {
        case "": scalar.style == .plain ? YAMLScalar.value(of: scalar.string) : .string(scalar.string)
        case "!", "tag:yaml.org,2002:str": .string(scalar.string)
        default: YAMLScalar.value(of: scalar.string)
        }
    }

    private func error(_ node: Node, _ reason: String) -> CatalogError {
        let place = node.mark.map { "line \($0.line), column \($0.column): " } ?? ""
        return CatalogError(place + reason)
    }
}
