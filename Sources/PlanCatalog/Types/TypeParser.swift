internal import Wire

/// Compiles a type in Python's notation, such as `typing.Union[float, typing.List[Motors]] | None`.
struct TypeParser {
    private static let maximumDepth = 50

    let choices: [String: Choice]
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    private init(_ text: String, _ choices: [String: Choice], depth: Int) {
        self.choices = choices
        self.depth = depth
        bytes = Array(text.utf8)
    }

    /// - Parameters:
    ///   - text: The type as the annotation has it.
    ///   - choices: The lists of names that the type may refer to.
    /// - Throws: ``CatalogError`` if the type is not understood.
    static func type(_ text: String, choices: [String: Choice], depth: Int = 0) throws(CatalogError) -> ValueType {
        var parser = TypeParser(text, choices, depth: depth)
        let type = try parser.union()
        parser.skipSpace()
        guard parser.position == parser.bytes.count else { throw CatalogError("invalid syntax") }
        return type
    }

    private mutating func union() throws(CatalogError) -> ValueType {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw CatalogError("it is nested too deep") }
        var types = [try single()]
        while take("|") { types.append(try single()) }
        return .union(of: types)
    }

    private mutating func single() throws(CatalogError) -> ValueType {
        if take("(") {
            let type = try union()
            guard take(")") else { throw CatalogError("')' is missing") }
            return type
        }
        if let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            guard case .string(let text) = try literal() else { throw CatalogError("invalid syntax") }
            return try Self.type(text, choices: choices, depth: depth)
        }
        let name = try name()
        if let choice = choices[name] { return .choice(choice) }
        if name == "typing.Literal" { return .literal(try literals()) }
        let arguments = try arguments(of: name)
        return try TypeNames.type(name, arguments)
    }

    private mutating func name() throws(CatalogError) -> String {
        skipSpace()
        let start = position
        while position < bytes.count, isNameByte(bytes[position]) { position += 1 }
        guard position > start else { throw CatalogError("invalid syntax") }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func arguments(of name: String) throws(CatalogError) -> [TypeArgument]? {
        guard take("[") else { return nil }
        var arguments: [TypeArgument] = []
        repeat {
            if peek() == UInt8(ascii: "]") { break }
            arguments.append(try argument(of: name))
        } while take(",")
        guard take("]") else { throw CatalogError("']' is missing") }
        return arguments
    }

    private mutating func argument(of name: String) throws(CatalogError) -> TypeArgument {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw CatalogError("it is nested too deep") }
        if take("...") { return .ellipsis }
        if take("()") { return .emptyTuple }
        // The arguments of a function type and the remarks of an annotated type do not matter.
        if TypeNames.isCallable(name) || name == "typing.Annotated" {
            if take("[") {
                while peek() != UInt8(ascii: "]"), peek() != nil {
                    _ = try argument(of: name)
                    _ = take(",")
                }
                guard take("]") else { throw CatalogError("']' is missing") }
                return .ignored
            }
            if let byte = peek(), !isNameByte(byte) || isDigit(byte) {
                _ = try literal()
                return .ignored
            }
        }
        return .type(try union())
    }

    private mutating func literals() throws(CatalogError) -> [JSONValue] {
        guard take("[") else { throw CatalogError("typing.Literal needs values") }
        var values: [JSONValue] = []
        repeat { values.append(try literal()) } while take(",")
        guard take("]") else { throw CatalogError("']' is missing") }
        return values
    }

    /// A text, number or word up to the next comma or bracket.
    private mutating func literal() throws(CatalogError) -> JSONValue {
        skipSpace()
        let start = position
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            if let open = quote {
                if byte == UInt8(ascii: "\\") { position += 1 }
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "|") {
                break
            }
            position += 1
        }
        position = min(position, bytes.count)
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        do throws(PythonLiteralError) {
            return try JSONValue(pythonLiteral: text)
        } catch {
            throw CatalogError("'\(shortened(text))' is no Python literal: \(error.reason)")
        }
    }

    // MARK: Reading

    private mutating func peek() -> UInt8? {
        skipSpace()
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ text: StaticString) -> Bool {
        skipSpace()
        let count = text.utf8CodeUnitCount
        let token = UnsafeBufferPointer(start: text.utf8Start, count: count)
        guard bytes[position...].prefix(count).elementsEqual(token) else { return false }
        position += count
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] == 0x20 || (0x09...0x0D).contains(bytes[position]) {
            position += 1
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || isDigit(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

/// What stands between the brackets of a type.
enum TypeArgument {
    case type(ValueType)
    case ellipsis
    case emptyTuple
    case ignored
}
