internal import CLibYAML

/// The events of a text, one after the other, as libyaml finds them.
struct EventParser: ~Copyable {
    // libyaml keeps pointers to its parser and to the text, so that neither may move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>

    init(_ source: String) throws(YAMLError) {
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(place: "", reason: "there is not enough memory to read the document")
        }
        text = .allocate(capacity: source.utf8.count)
        _ = text.initialize(from: source.utf8)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        text.deallocate()
    }

    /// The next event; ``Event/Content/streamEnd`` is the last one.
    ///
    /// - Throws: ``YAMLError`` if the text is no YAML.
    func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { yaml_event_delete(&event) }
        let (content, anchor, tag) = parts(of: event)
        return Event(
            content: content,
            anchor: anchor.map { String(yaml: $0) },
            tag: tag.map { String(yaml: $0) },
            line: Int(event.start_mark.line) + 1,
            column: Int(event.start_mark.column) + 1
        )
    }

    private typealias Characters = UnsafeMutablePointer<yaml_char_t>

    private func parts(of event: yaml_event_t) -> (Event.Content, anchor: Characters?, tag: Characters?) {
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            return (.scalar(String(decoding: bytes, as: UTF8.self), isPlain: isPlain), scalar.anchor, scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            return (.sequenceStart, event.data.sequence_start.anchor, event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            return (.mappingStart, event.data.mapping_start.anchor, event.data.mapping_start.tag)
        case YAML_ALIAS_EVENT: return (.alias(String(yaml: event.data.alias.anchor)), nil, nil)
        case YAML_SEQUENCE_END_EVENT: return (.sequenceEnd, nil, nil)
        case YAML_MAPPING_END_EVENT: return (.mappingEnd, nil, nil)
        case YAML_DOCUMENT_START_EVENT: return (.documentStart, nil, nil)
        case YAML_DOCUMENT_END_EVENT: return (.documentEnd, nil, nil)
        case YAML_STREAM_START_EVENT: return (.streamStart, nil, nil)
        default: return (.streamEnd, nil, nil)
        }
    }

    private func problem() -> YAMLError {
        let reason = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
        let mark = parser.pointee.problem_mark
        let place =
            parser.pointee.error == YAML_READER_ERROR
            ? "byte \(parser.pointee.problem_offset)" : "line \(mark.line + 1), column \(mark.column + 1)"
        return YAMLError(place: place, reason: reason)
    }
}

extension String {
    /// The text that ends with a zero.
    fileprivate init(yaml characters: UnsafeMutablePointer<yaml_char_t>) {
        self.init(cString: UnsafePointer(characters))
    }
}
