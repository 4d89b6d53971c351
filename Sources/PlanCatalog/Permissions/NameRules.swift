/// Which plans or functions a group may use: what is allowed, less what is forbidden.
///
/// Patterns are looked at in order until one decides, so a bad pattern matters only when it is reached.
struct NameRules: Sendable {
    private enum Element: Sendable {
        case pattern(NamePattern)
        case invalid(CatalogError)
    }

    private let allowsAll: Bool
    private let allowed: [Element]
    private let forbidden: [Element]

    /// Rules of two lists as permissions have them. A list that starts with nil means everything if it allows, and
    /// nothing if it forbids.
    init(allowed: [String?], forbidden: [String?]) {
        allowsAll = allowed.first == .some(nil)
        self.allowed = allowsAll ? [] : allowed.map(Self.element)
        self.forbidden = forbidden.first == .some(nil) ? [] : forbidden.map(Self.element)
    }

    private static func element(_ text: String?) -> Element {
        guard let text else { return .invalid(CatalogError("null is allowed only as the first element of a list")) }
        do throws(CatalogError) {
            let pattern = try NamePattern(text)
            guard pattern.isSimple else {
                throw CatalogError("Name pattern '\(shortened(text))' has several parts; plans and functions have none")
            }
            return .pattern(pattern)
        } catch {
            return .invalid(error)
        }
    }

    /// Whether the plan or function called `name` may be used.
    ///
    /// - Throws: ``CatalogError`` if a bad pattern is reached before one decides.
    func allow(_ name: String) throws(CatalogError) -> Bool {
        if !allowsAll {
            guard try Self.anySelects(name, allowed) else { return false }
        }
        return try !Self.anySelects(name, forbidden)
    }

    private static func anySelects(_ name: String, _ elements: [Element]) throws(CatalogError) -> Bool {
        for element in elements {
            switch element {
            case .invalid(let error): throw error
            case .pattern(let pattern): if try pattern.selects(name) { return true }
            }
        }
        return false
    }
}

extension NamePattern {
    /// Whether the pattern is for names without components.
    var isSimple: Bool {
        switch form {
        case .name(let components): components.count == 1
        case .expressions(_, let levels): levels.count == 1
        }
    }

    /// Whether the pattern selects a plan or function of that name.
    ///
    /// - Throws: ``CatalogError`` if the expression takes too long.
    func selects(_ name: String) throws(CatalogError) -> Bool {
        switch form {
        case .name(let components): components == [name]
        case .expressions(_, let levels): try levels.first?.expression.matches(in: name) ?? false
        }
    }
}
