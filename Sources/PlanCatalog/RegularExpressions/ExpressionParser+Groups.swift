extension ExpressionParser {
    /// The rest of a group whose opening parenthesis has been taken; nil for a comment or for flags.
    mutating func group() throws(CatalogError) -> ExpressionSyntax? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw error("groups are nested more than \(Self.maximumDepth) deep") }
        guard take("?") else { return try capture(name: nil) }
        let kind = next()
        switch kind {
        // A group of its own, so that what is repeated inside may be repeated outside.
        case ":": return .sequence([try closed()])
        case ">": return .atomic(try closed())
        case "=": return .look(try closed(), behind: nil, isNegated: false)
        case "!": return .look(try closed(), behind: nil, isNegated: true)
        case "<":
            if take("=") { return try lookBehind(isNegated: false) }
            if take("!") { return try lookBehind(isNegated: true) }
            throw error("unknown extension ?<")
        case "P":
            if take("<") { return try capture(name: try name(until: ">")) }
            if take("=") { return try reference(to: try name(until: ")")) }
            throw error("unknown extension ?P")
        case "#":
            while let scalar = next(), scalar != ")" {}
            guard scalars[position - 1] == ")" else { throw error("missing ), unterminated comment") }
            return nil
        case "(": return try condition()
        default:
            if kind != nil { position -= 1 }
            return try flagged()
        }
    }

    /// A group's content and the closing parenthesis. Flags set inside end with it.
    private mutating func closed() throws(CatalogError) -> ExpressionSyntax {
        let outer = flags
        let content = try alternatives()
        flags = outer
        guard take(")") else { throw error("missing ), unterminated subpattern") }
        return content
    }

    private mutating func capture(name: String?) throws(CatalogError) -> ExpressionSyntax {
        let number = groups
        groups += 1
        if let name {
            guard names.updateValue(number, forKey: name) == nil else {
                throw error("redefinition of group name '\(name)'")
            }
        }
        openGroups.insert(number)
        let content = try closed()
        openGroups.remove(number)
        return .group(content, number: number)
    }

    private mutating func lookBehind(isNegated: Bool) throws(CatalogError) -> ExpressionSyntax {
        let content = try closed()
        guard let width = content.width else { throw error("look-behind requires fixed-width pattern") }
        return .look(content, behind: width, isNegated: isNegated)
    }

    private mutating func name(until end: Unicode.Scalar) throws(CatalogError) -> String {
        var name = String.UnicodeScalarView()
        while let scalar = next(), scalar != end { name.append(scalar) }
        let text = String(name)
        let isIdentifier = text.unicodeScalars.allSatisfy { ScalarSet.isWord($0.value, false) }
        guard scalars[position - 1] == end, isIdentifier, let first = text.unicodeScalars.first
        else { throw error("bad or missing group name") }
        // Only a condition may name a group by its number.
        guard !ScalarSet.isDigit(first.value, false) || end == ")" else { throw error("bad group name") }
        return text
    }

    private func reference(to name: String) throws(CatalogError) -> ExpressionSyntax {
        guard let number = names[name] else { throw error("unknown group name '\(name)'") }
        return try reference(toGroup: number)
    }

    func reference(toGroup number: Int) throws(CatalogError) -> ExpressionSyntax {
        guard number > 0, number < groups else { throw error("invalid group reference \(number)") }
        guard !openGroups.contains(number) else { throw error("cannot refer to an open group") }
        return .reference(number, ignoresCase: flags.ignoresCase)
    }

    private mutating func condition() throws(CatalogError) -> ExpressionSyntax {
        let name = try name(until: ")")
        guard let number = names[name] ?? Int(name), number > 0, number < groups else {
            throw error("invalid group reference '\(name)'")
        }
        let outer = flags
        let content = try alternatives()
        flags = outer
        guard take(")") else { throw error("missing ), unterminated subpattern") }
        guard case .alternatives(let parts) = content else {
            return .condition(group: number, then: content, otherwise: .empty)
        }
        guard parts.count == 2 else { throw error("conditional backref with more than two branches") }
        return .condition(group: number, then: parts[0], otherwise: parts[1])
    }

    /// `(?i)` for the rest of the expression (only at its start) or `(?i-s:...)` for a group.
    private mutating func flagged() throws(CatalogError) -> ExpressionSyntax? {
        let isAtStart = depth == 1 && !hasItems
        let outer = flags
        var isOn = true
        var count = 0
        while let scalar = next() {
            switch scalar {
            case "i": flags.ignoresCase = isOn
            case "m": flags.isMultiline = isOn
            case "s": flags.dotMatchesAll = isOn
            case "x": flags.isVerbose = isOn
            case "a" where isOn: flags.isASCII = true
            case "u" where isOn: flags.isASCII = false
            case "-" where isOn: isOn = false
            case ":" where count > 0:
                let inner = flags
                flags = outer
                return .sequence([try closed(with: inner)])
            case ")" where count > 0 && isOn:
                guard isAtStart else { throw error("global flags not at the start of the expression") }
                return nil
            default: throw error("unknown extension or flag")
            }
            count += 1
        }
        throw error("missing flag, unexpected end of pattern")
    }

    private mutating func closed(with inner: Flags) throws(CatalogError) -> ExpressionSyntax {
        let outer = flags
        flags = inner
        let content = try alternatives()
        flags = outer
        guard take(")") else { throw error("missing ), unterminated subpattern") }
        return content
    }
}
