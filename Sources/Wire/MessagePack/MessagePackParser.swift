extension JSONValue {
    /// Reads one MessagePack value that fills the whole of `bytes`.
    ///
    /// What JSON cannot express is refused: binary data, extension types such as timestamps, and maps whose keys are no
    /// texts. Integers above the range of `Int` become ``JSONValue/bigInteger(_:)``. Nesting is limited to
    /// ``maximumDepth``.
    ///
    /// - Throws: ``MessagePackError``, with the place of the value that is wrong.
    public init(parsingMessagePack bytes: some Collection<UInt8>) throws(MessagePackError) {
        var parser = MessagePackParser((bytes as? [UInt8]) ?? Array(bytes))
        self = try parser.document()
    }
}

/// A recursive-descent parser. Sizes in the message are checked against what is left of it before they are used.
private struct MessagePackParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    /// Where the present value begins.
    private var start = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(MessagePackError) -> JSONValue {
        let value = try value()
        start = position
        guard position == bytes.count else { throw error("There is more after the value") }
        return value
    }

    private mutating func value() throws(MessagePackError) -> JSONValue {
        start = position
        let mark = UInt8(truncatingIfNeeded: try unsigned(size: 1))
        switch mark {
        case 0x00...0x7F: return .integer(Int(mark))
        case 0x80...0x8F: return .object(try object(count: Int(mark & 0x0F)))
        case 0x90...0x9F: return .array(try array(count: Int(mark & 0x0F)))
        case 0xA0...0xBF: return .string(try text(count: Int(mark & 0x1F)))
        case 0xC0: return .null
        case 0xC2: return false
        case 0xC3: return true
        case 0xC4...0xC6: throw error("Binary data is not supported; send texts, numbers, lists and maps")
        case 0xC7...0xC9, 0xD4...0xD8: throw error("Extension types are not supported; send a time as a number")
        case 0xCA: return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try unsigned(size: 4)))))
        case 0xCB: return .double(Double(bitPattern: try unsigned(size: 8)))
        case 0xCC...0xCF:
            let number = try unsigned(size: 1 << Int(mark - 0xCC))
            return Int(exactly: number).map(JSONValue.integer) ?? .bigInteger(number.description)
        case 0xD0: return .integer(Int(Int8(truncatingIfNeeded: try unsigned(size: 1))))
        case 0xD1: return .integer(Int(Int16(truncatingIfNeeded: try unsigned(size: 2))))
        case 0xD2: return .integer(Int(Int32(truncatingIfNeeded: try unsigned(size: 4))))
        case 0xD3: return .integer(Int(truncatingIfNeeded: try unsigned(size: 8)))
        case 0xD9...0xDB: return .string(try text(count: try size(bytes: 1 << Int(mark - 0xD9))))
        case 0xDC...0xDD: return .array(try array(count: try size(bytes: 2 << Int(mark - 0xDC))))
        case 0xDE...0xDF: return .object(try object(count: try size(bytes: 2 << Int(mark - 0xDE))))
        case 0xE0...0xFF: return .integer(Int(Int8(bitPattern: mark)))
        default: throw error("A byte that begins no value")
        }
    }

    private mutating func array(count: Int) throws(MessagePackError) -> [JSONValue] {
        try descend()
        defer { depth -= 1 }
        guard count <= bytes.count - position else { throw truncated }
        var elements: [JSONValue] = []
        for _ in 0..<count { elements.append(try value()) }
        return elements
    }

    private mutating func object(count: Int) throws(MessagePackError) -> JSONObject {
        try descend()
        defer { depth -= 1 }
        guard count <= (bytes.count - position) / 2 else { throw truncated }
        var members = JSONObject()
        for _ in 0..<count {
            let keyStart = position
            guard case .string(let key) = try value() else {
                throw MessagePackError(reason: "The keys of a map must be texts", offset: keyStart)
            }
            members[key] = try value()
        }
        return members
    }

    private mutating func text(count: Int) throws(MessagePackError) -> String {
        guard count <= bytes.count - position else { throw truncated }
        guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
            throw error("A text that is not UTF-8")
        }
        position += count
        return text
    }

    private mutating func descend() throws(MessagePackError) {
        depth += 1
        if depth > JSONValue.maximumDepth {
            throw error("Lists and maps are nested more than \(JSONValue.maximumDepth) deep")
        }
    }

    private mutating func size(bytes size: Int) throws(MessagePackError) -> Int {
        // At most four bytes, which an `Int` always holds.
        Int(truncatingIfNeeded: try unsigned(size: size))
    }

    /// A big-endian number of 1 to 8 bytes.
    private mutating func unsigned(size: Int) throws(MessagePackError) -> UInt64 {
        guard size <= bytes.count - position else { throw truncated }
        var value: UInt64 = 0
        for byte in bytes[position..<position + size] { value = value << 8 | UInt64(byte) }
        position += size
        return value
    }

    private var truncated: MessagePackError { error("The message ends inside a value") }

    private func error(_ reason: String) -> MessagePackError { MessagePackError(reason: reason, offset: start) }
}
