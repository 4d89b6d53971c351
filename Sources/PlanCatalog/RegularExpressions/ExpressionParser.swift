/// Reads a regular expression in Python's notation.
struct ExpressionParser {
    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesAll = false
        var isVerbose = false
        var isASCII = false
    }

    static let maximumLength = 10_000
    static let maximumDepth = 100

    let scalars: [Unicode.Scalar]
    var position = 0
    var flags = Flags()
    /// Number of groups so far; the whole expression is group 0.
    var groups = 1
    var names: [String: Int] = [:]
    var openGroups: Set<Int> = []
    var depth = 0
    /// Whether there was more than flags so far.
    var hasItems = false

    init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    mutating func expression() throws(CatalogError) -> ExpressionSyntax {
        guard scalars.count <= Self.maximumLength else {
            throw error("it is longer than \(Self.maximumLength) characters")
        }
        let syntax = try alternatives()
        guard position == scalars.count else { throw error("unbalanced parenthesis") }
        return syntax
    }

    mutating func alternatives() throws(CatalogError) -> ExpressionSyntax {
        var parts = [try sequence()]
        while take("|") { parts.append(try sequence()) }
        return parts.count == 1 ? parts[0] : .alternatives(parts)
    }

    private mutating func sequence() throws(CatalogError) -> ExpressionSyntax {
        var parts: [ExpressionSyntax] = []
        while let scalar = peek(), scalar != "|", scalar != ")" {
            if flags.isVerbose, skipVerbose() { continue }
            guard let part = try item() else { continue }
            hasItems = true
            parts.append(try repetitions(of: part))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func skipVerbose() -> Bool {
        guard let scalar = peek() else { return false }
        if ScalarSet.isSpace(scalar.value, true) {
            position += 1
            return true
        }
        guard scalar == "#" else { return false }
        while let scalar = peek(), scalar != "\n" { position += 1 }
        return true
    }

    // MARK: Items

    /// One item; nil if it is a comment or sets flags.
    private mutating func item() throws(CatalogError) -> ExpressionSyntax? {
        guard let scalar = next() else { return nil }
        switch scalar {
        case "^": return .position(flags.isMultiline ? .lineStart : .start)
        case "$": return .position(flags.isMultiline ? .lineEnd : .endBeforeNewline)
        case ".":
            return .one(ScalarSet(flags.dotMatchesAll ? [] : [.range(0x0A...0x0A)], isNegated: true))
        case "[": return .one(try scalarSet())
        case "(": return try group()
        case "\\": return try escape()
        case "*", "+", "?": throw error("nothing to repeat")
        default: return literal(scalar.value)
        }
    }

    func literal(_ scalar: UInt32) -> ExpressionSyntax { one(.range(scalar...scalar)) }

    func one(_ item: ScalarSet.Item) -> ExpressionSyntax {
        .one(ScalarSet([item], ignoresCase: flags.ignoresCase, isASCII: flags.isASCII))
    }

    private mutating func repetitions(of part: ExpressionSyntax) throws(CatalogError) -> ExpressionSyntax {
        var result = part
        while true {
            if flags.isVerbose {
                while skipVerbose() {}
            }
            guard let (least, most) = try bounds() else { return result }
            if result.isRepeated { throw error("multiple repeat") }
            if result.isPosition { throw error("nothing to repeat") }
            let order: ExpressionRepetition = take("?") ? .lazy : take("+") ? .possessive : .greedy
            result = .repeated(result, least: least, most: most, order)
        }
    }

    private mutating func bounds() throws(CatalogError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let mark = position
        guard take("{"), peek() != "}" else {
            position = mark
            return nil
        }
        let least = digits()
        let most = take(",") ? digits() : least
        guard take("}") else {
            // Not a repetition after all: the brace stands for itself.
            position = mark
            return nil
        }
        if let least, let most, most < least { throw error("min repeat greater than max repeat") }
        return (least ?? 0, most)
    }

    /// A number, cut to what no program can hold anyway.
    private mutating func digits() -> Int? {
        var value: Int?
        while let scalar = peek(), ("0"..."9").contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
            position += 1
        }
        return value
    }

    // MARK: Reading

    func peek() -> Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek() else { return nil }
        position += 1
        return scalar
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    func error(_ reason: String) -> CatalogError {
        let pattern = shortened(String(String.UnicodeScalarView(scalars)))
        return CatalogError("the regular expression '\(pattern)' is not valid: \(reason) at position \(position)")
    }
}
