internal import CLibYAML
internal import Wire

/// Why a text is no YAML, and where.
struct YAMLError: Error, Hashable, CustomStringConvertible {
    let reason: String
    /// Line, from 1.
    let line: Int
    /// Column, from 1.
    let column: Int

    var description: String { "\(reason) (line \(line), column \(column))" }
}

extension JSONValue {
    /// Reads a YAML document of lists, mappings with text keys and scalars, which get the types that PyYAML gives them.
    ///
    /// - Throws: ``YAMLError``, also for aliases, tags and second documents, which are not needed here.
    init(yaml text: String) throws {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw YAMLError(reason: "not enough memory", line: 1, column: 1)
        }
        defer { yaml_parser_delete(&parser) }
        let bytes = Array(text.utf8)
        self = try bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            return try YAMLReader.document(&parser)
        }
    }
}

/// Builds values from the events of libyaml.
private enum YAMLReader {
    static func document(_ parser: inout yaml_parser_t) throws -> JSONValue {
        _ = try next(&parser)
        guard try next(&parser).kind == YAML_DOCUMENT_START_EVENT else { return .null }
        let value = try value(next(&parser), &parser, depth: 0)
        _ = try next(&parser)
        let end = try next(&parser)
        guard end.kind == YAML_STREAM_END_EVENT else { throw end.error("only one document is expected") }
        return value
    }

    private struct Event {
        let kind: yaml_event_type_t
        var scalar = ""
        var isQuoted = false
        let line: Int
        let column: Int

        func error(_ reason: String) -> YAMLError { YAMLError(reason: reason, line: line, column: column) }
    }

    private static func value(_ event: Event, _ parser: inout yaml_parser_t, depth: Int) throws -> JSONValue {
        guard depth < JSONValue.maximumDepth else { throw event.error("values are nested too deeply") }
        switch event.kind {
        case YAML_SCALAR_EVENT:
            return event.isQuoted ? .string(event.scalar) : YAMLScalar.value(event.scalar)
        case YAML_SEQUENCE_START_EVENT:
            var elements: [JSONValue] = []
            while case let event = try next(&parser), event.kind != YAML_SEQUENCE_END_EVENT {
                elements.append(try value(event, &parser, depth: depth + 1))
            }
            return .array(elements)
        case YAML_MAPPING_START_EVENT:
            var members = JSONObject()
            while case let key = try next(&parser), key.kind != YAML_MAPPING_END_EVENT {
                guard key.kind == YAML_SCALAR_EVENT else { throw key.error("a key must be a text") }
                guard members[key.scalar] == nil else { throw key.error("the key '\(key.scalar)' occurs twice") }
                members[key.scalar] = try value(next(&parser), &parser, depth: depth + 1)
            }
            return .object(members)
        case YAML_ALIAS_EVENT: throw event.error("aliases are not supported")
        default: throw event.error("a value is missing")
        }
    }

    private static func next(_ parser: inout yaml_parser_t) throws -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
            throw YAMLError(
                reason: parser.problem.map { String(cString: $0) } ?? "unreadable",
                line: Int(parser.problem_mark.line) + 1,
                column: Int(parser.problem_mark.column) + 1
            )
        }
        defer { yaml_event_delete(&event) }
        var result = Event(
            kind: event.type,
            line: Int(event.start_mark.line) + 1,
            column: Int(event.start_mark.column) + 1
        )
        if event.type == YAML_SCALAR_EVENT {
            let scalar = event.data.scalar
            guard scalar.tag == nil else { throw result.error("tags are not supported") }
            result.scalar = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length),
                as: UTF8.self
            )
            result.isQuoted = scalar.style != YAML_PLAIN_SCALAR_STYLE
        }
        return result
    }
}

/// The types of unquoted scalars.
private enum YAMLScalar {
    static func value(_ text: String) -> JSONValue {
        switch text.lowercased() {
        case "", "~", "null": return .null
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: break
        }
        guard let first = text.first, first.isNumber || "+-.".contains(first) else { return .string(text) }
        if let integer = Int(text) { return .integer(integer) }
        let isNumber = text.allSatisfy { $0.isNumber || "+-.eE".contains($0) } && text.contains(where: \.isNumber)
        return isNumber ? Double(text).map(JSONValue.double) ?? .string(text) : .string(text)
    }
}
