extension ExpressionParser {
    /// The rest of a set whose opening bracket has been taken.
    mutating func scalarSet() throws(CatalogError) -> ScalarSet {
        let isNegated = take("^")
        var items: [ScalarSet.Item] = []
        var isFirst = true
        while true {
            guard let scalar = next() else { throw error("unterminated character set") }
            if scalar == "]", !isFirst { break }
            isFirst = false
            let item = try setItem(scalar)
            guard peek() == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                items.append(item)
                continue
            }
            position += 1
            guard let upper = next() else { throw error("unterminated character set") }
            guard case .range(let low) = item, case .range(let high) = try setItem(upper),
                low.lowerBound <= high.lowerBound
            else { throw error("bad character range") }
            items.append(.range(low.lowerBound...high.lowerBound))
        }
        return ScalarSet(items, isNegated: isNegated, ignoresCase: flags.ignoresCase, isASCII: flags.isASCII)
    }

    private mutating func setItem(_ scalar: Unicode.Scalar) throws(CatalogError) -> ScalarSet.Item {
        guard scalar == "\\" else { return .range(scalar.value...scalar.value) }
        guard let escaped = next() else { throw error("bad escape (end of pattern)") }
        if let item = kind(escaped) { return item }
        if escaped == "b" { return .range(0x08...0x08) }
        if ("0"..."7").contains(escaped) {
            let value = try octal(first: escaped)
            return .range(value...value)
        }
        let value = try character(escaped)
        return .range(value...value)
    }

    /// The rest of an escape whose backslash has been taken.
    mutating func escape() throws(CatalogError) -> ExpressionSyntax {
        guard let scalar = next() else { throw error("bad escape (end of pattern)") }
        if let item = kind(scalar) { return one(item) }
        switch scalar {
        case "A": return .position(.start)
        case "Z": return .position(.end)
        case "b": return .position(.wordBoundary(isASCII: flags.isASCII))
        case "B": return .position(.noWordBoundary(isASCII: flags.isASCII))
        case "0": return literal(try octal(first: scalar))
        case "1"..."9": return try referenceOrOctal(first: scalar)
        default: return literal(try character(scalar))
        }
    }

    private func kind(_ scalar: Unicode.Scalar) -> ScalarSet.Item? {
        switch scalar {
        case "d": .digit(isNegated: false)
        case "D": .digit(isNegated: true)
        case "s": .space(isNegated: false)
        case "S": .space(isNegated: true)
        case "w": .word(isNegated: false)
        case "W": .word(isNegated: true)
        default: nil
        }
    }

    /// Three octal digits are a character, anything shorter is the number of a group.
    private mutating func referenceOrOctal(first: Unicode.Scalar) throws(CatalogError) -> ExpressionSyntax {
        var number = Int(first.value - 0x30)
        if let second = peek(), ("0"..."9").contains(second) {
            position += 1
            if ("0"..."3").contains(first), ("0"..."7").contains(second), let third = peek(),
                ("0"..."7").contains(third)
            {
                position += 1
                return literal((first.value - 0x30) * 64 + (second.value - 0x30) * 8 + third.value - 0x30)
            }
            number = number * 10 + Int(second.value - 0x30)
        }
        return try reference(toGroup: number)
    }

    private mutating func octal(first: Unicode.Scalar) throws(CatalogError) -> UInt32 {
        var value = first.value - 0x30
        for _ in 0..<2 {
            guard let digit = peek(), ("0"..."7").contains(digit) else { break }
            value = value * 8 + digit.value - 0x30
            position += 1
        }
        guard value <= 0o377 else { throw error("octal escape value outside of range 0-0o377") }
        return value
    }

    private mutating func character(_ scalar: Unicode.Scalar) throws(CatalogError) -> UInt32 {
        switch scalar {
        case "a": return 0x07
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "v": return 0x0B
        case "x": return try hexadecimal(count: 2)
        case "u": return try hexadecimal(count: 4)
        case "U": return try hexadecimal(count: 8)
        case "a"..."z", "A"..."Z", "0"..."9": throw error("bad escape \\\(scalar)")
        default: return scalar.value
        }
    }

    private mutating func hexadecimal(count: Int) throws(CatalogError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = next().flatMap({ Character($0).hexDigitValue }), value < 0x1000_0000 else {
                throw error("incomplete escape, \(count) hexadecimal digits are needed")
            }
            value = value * 16 + UInt32(digit)
        }
        guard value <= 0x10FFFF else { throw error("bad escape, there is no such character") }
        return value
    }
}
