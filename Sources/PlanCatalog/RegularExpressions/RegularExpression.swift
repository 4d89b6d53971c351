/// A regular expression in the language of Python's `re` module, which name patterns are written in.
///
/// Swift's `Regex` is not used because permissions decide what people may do: it reads some expressions differently
/// (`[a&&b]`, `\141`), refuses others (look-behind, conditions), is not `Sendable`, and cannot be stopped when a
/// client sends an expression that takes for ever. This one gives up after ``maximumSteps``.
struct RegularExpression: Sendable {
    /// How many steps a search may take before the expression counts as unusable.
    static let maximumSteps = 10_000

    let pattern: String
    private let program: ExpressionProgram

    /// - Throws: ``CatalogError`` if Python's `re` would refuse the expression, or if it is unreasonably large.
    init(_ pattern: String) throws(CatalogError) {
        self.pattern = pattern
        var parser = ExpressionParser(pattern)
        let syntax = try parser.expression()
        var compiler = ExpressionCompiler(groups: parser.groups)
        program = try compiler.program(for: syntax)
    }

    /// Whether the expression matches anywhere in `text`.
    ///
    /// - Throws: ``CatalogError`` if it cannot be decided in ``maximumSteps``.
    func matches(in text: String) throws(CatalogError) -> Bool {
        // The one expression that nearly every permission file applies to every component there is.
        if pattern == ".*" { return true }
        var matcher = ExpressionMatcher(program: program, text: text.unicodeScalars.map(\.value))
        return try matcher.search(pattern: pattern)
    }
}

/// What an expression says, as a tree.
indirect enum ExpressionSyntax: Sendable {
    case empty
    case one(ScalarSet)
    case sequence([ExpressionSyntax])
    case alternatives([ExpressionSyntax])
    case repeated(ExpressionSyntax, least: Int, most: Int?, ExpressionRepetition)
    case group(ExpressionSyntax, number: Int)
    case position(ExpressionPosition)
    case look(ExpressionSyntax, behind: Int?, isNegated: Bool)
    case atomic(ExpressionSyntax)
    case reference(Int, ignoresCase: Bool)
    case condition(group: Int, then: ExpressionSyntax, otherwise: ExpressionSyntax)

    var isRepeated: Bool {
        if case .repeated = self { true } else { false }
    }

    var isPosition: Bool {
        if case .position = self { true } else { false }
    }

    /// How many scalars it matches, if that is always the same number.
    var width: Int? {
        switch self {
        case .empty, .position, .look: return 0
        case .one: return 1
        case .group(let syntax, _), .atomic(let syntax): return syntax.width
        case .reference: return nil
        case .sequence(let parts):
            var sum = 0
            for part in parts {
                guard let width = part.width else { return nil }
                sum = min(sum + width, ExpressionCompiler.maximumSize)
            }
            return sum
        case .alternatives(let parts):
            guard let first = parts.first?.width else { return nil }
            return parts.allSatisfy { $0.width == first } ? first : nil
        case .condition(_, let first, let second):
            return first.width == second.width ? first.width : nil
        case .repeated(let syntax, let least, let most, _):
            guard let width = syntax.width, least == most else { return nil }
            return min(width, ExpressionCompiler.maximumSize) * least
        }
    }
}

/// In which order the numbers of repetitions are tried.
enum ExpressionRepetition: Sendable {
    case greedy, lazy, possessive
}

/// A condition on the place in the text.
enum ExpressionPosition: Sendable {
    case start, end, endBeforeNewline, lineStart, lineEnd
    case wordBoundary(isASCII: Bool)
    case noWordBoundary(isASCII: Bool)
}
