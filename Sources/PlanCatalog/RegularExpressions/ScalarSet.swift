/// A set of Unicode scalars: what one place of an expression accepts.
struct ScalarSet: Sendable {
    enum Item: Sendable {
        case range(ClosedRange<UInt32>)
        case digit(isNegated: Bool)
        case space(isNegated: Bool)
        case word(isNegated: Bool)

        func contains(_ scalar: UInt32, isASCII: Bool) -> Bool {
            switch self {
            case .range(let range): range.contains(scalar)
            case .digit(let isNegated): ScalarSet.isDigit(scalar, isASCII) != isNegated
            case .space(let isNegated): ScalarSet.isSpace(scalar, isASCII) != isNegated
            case .word(let isNegated): ScalarSet.isWord(scalar, isASCII) != isNegated
            }
        }
    }

    private let items: [Item]
    private let isNegated: Bool
    private let ignoresCase: Bool
    private let isASCII: Bool
    /// The answers for the first 128 scalars, which names are made of.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ items: [Item], isNegated: Bool = false, ignoresCase: Bool = false, isASCII: Bool = false) {
        self.items = items
        self.isNegated = isNegated
        self.ignoresCase = ignoresCase
        self.isASCII = isASCII
        for scalar in UInt32(0)..<64 where decide(scalar) { low |= 1 << UInt64(scalar) }
        for scalar in UInt32(64)..<128 where decide(scalar) { high |= 1 << UInt64(scalar - 64) }
    }

    func contains(_ scalar: UInt32) -> Bool {
        if scalar < 64 { return low >> UInt64(scalar) & 1 == 1 }
        if scalar < 128 { return high >> UInt64(scalar - 64) & 1 == 1 }
        return decide(scalar)
    }

    private func decide(_ scalar: UInt32) -> Bool {
        var isIn = items.contains { $0.contains(scalar, isASCII: isASCII) }
        if !isIn, ignoresCase {
            for other in Self.otherCases(of: scalar) where !isIn {
                isIn = items.contains { $0.contains(other, isASCII: isASCII) }
            }
        }
        return isIn != isNegated
    }

    // MARK: Kinds of scalars, as Python has them

    static func isDigit(_ scalar: UInt32, _ isASCII: Bool) -> Bool {
        if (0x30...0x39).contains(scalar) { return true }
        guard !isASCII, scalar > 127, let scalar = Unicode.Scalar(scalar) else { return false }
        return scalar.properties.generalCategory == .decimalNumber
    }

    static func isSpace(_ scalar: UInt32, _ isASCII: Bool) -> Bool {
        if (0x09...0x0D).contains(scalar) || scalar == 0x20 { return true }
        guard !isASCII, let unicode = Unicode.Scalar(scalar) else { return false }
        return (0x1C...0x1F).contains(scalar) || (scalar > 127 && unicode.properties.isWhitespace)
    }

    static func isWord(_ scalar: UInt32, _ isASCII: Bool) -> Bool {
        switch scalar {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: return true
        case 0...127: return false
        default:
            guard !isASCII, let scalar = Unicode.Scalar(scalar) else { return false }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
            default: return scalar.properties.numericType != nil
            }
        }
    }

    /// The scalar in lower and upper case, where those are single scalars.
    static func otherCases(of scalar: UInt32) -> [UInt32] {
        guard let unicode = Unicode.Scalar(scalar) else { return [] }
        return [unicode.properties.lowercaseMapping, unicode.properties.uppercaseMapping].compactMap { text in
            text.unicodeScalars.count == 1 ? text.unicodeScalars.first?.value : nil
        }
    }
}
