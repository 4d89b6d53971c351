/// A pattern that selects plans, functions, devices or components by name.
///
/// | form                     | selects                                                                       |
/// | ------------------------ | ----------------------------------------------------------------------------- |
/// | `det1`, `det1.val`       | the plan, function, device or component of that name                          |
/// | `:^det`                  | names in which the regular expression matches somewhere                       |
/// | `:^det:^val$`            | devices whose name matches the first, and their components that match the next|
/// | `:-^det:^val$`           | the components only (`-` leaves out, `+` stands for the default)              |
/// | `:?det.*val$`            | devices and components at any depth whose whole dotted name matches           |
/// | `:^sim:?val$:depth=2`    | the same below a device, and not deeper than that                             |
/// | `__MOTOR__:.*`           | of the matching devices those of a kind                                       |
///
/// Spaces in a pattern do not count.
struct NamePattern: Sendable {
    /// A regular expression for one level of a device tree, or for all levels from one on.
    struct Level: Sendable {
        var expression: RegularExpression
        /// Whether a device that matches here is selected itself.
        var isIncluded: Bool
        /// Whether the expression is for the whole rest of a dotted name.
        var isFullName: Bool
        /// How many levels such a rest may have; nil for any number.
        var depth: Int?
    }

    enum Form: Sendable {
        case name([String])
        case expressions(DeviceKind, [Level])
    }

    let text: String
    let form: Form

    /// - Throws: ``CatalogError`` with what is wrong in the pattern.
    init(_ text: String) throws(CatalogError) {
        self.text = text
        let pattern = ObjectName.withoutSpaces(text)
        guard !pattern.isEmpty else { throw CatalogError("The name pattern is empty") }
        if pattern.contains(":") {
            form = try Self.expressions(pattern)
        } else if let components = ObjectName.components(of: pattern) {
            form = .name(components)
        } else {
            throw CatalogError(
                "Name pattern '\(shortened(text))' is no name. A regular expression starts with ':', for example ':^det$'"
            )
        }
    }

    private static func expressions(_ pattern: String) throws(CatalogError) -> Form {
        var parts = pattern.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let kind = try DeviceKind(keyword: parts.removeFirst(), in: pattern)
        let fullName = parts.firstIndex { $0.hasPrefix("?") }
        var depth: Int?
        if let fullName, fullName < parts.count - 1 {
            depth = try Self.depth(parts, after: fullName, in: pattern)
            parts.removeLast()
        }
        var levels: [Level] = []
        for (index, part) in parts.enumerated() {
            let isMarked = part.hasPrefix("+") || part.hasPrefix("-") || part.hasPrefix("?")
            let expression = isMarked ? String(part.dropFirst()) : part
            guard !expression.isEmpty else {
                throw CatalogError("Name pattern '\(shortened(pattern))' has an empty part between its colons")
            }
            do throws(CatalogError) {
                levels.append(
                    Level(
                        expression: try RegularExpression(expression),
                        isIncluded: index == parts.count - 1 || !part.hasPrefix("-"),
                        isFullName: index == fullName,
                        depth: index == fullName ? depth : nil
                    )
                )
            } catch {
                throw CatalogError("Name pattern '\(shortened(pattern))': \(error.reason)")
            }
        }
        return .expressions(kind, levels)
    }

    private static func depth(_ parts: [String], after index: Int, in pattern: String) throws(CatalogError) -> Int {
        let digits = parts[parts.count - 1].utf8.dropFirst("depth=".utf8.count)
        guard index == parts.count - 2, parts[parts.count - 1].hasPrefix("depth="), !digits.isEmpty,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else {
            throw CatalogError(
                "Name pattern '\(shortened(pattern))': ':?' must come last, or be followed by ':depth=N' only"
            )
        }
        let depth = Int(String(Substring(digits))) ?? Int.max
        guard depth >= 1 else {
            throw CatalogError("Name pattern '\(shortened(pattern))': the depth must be 1 or more")
        }
        return depth
    }
}

/// The kinds of devices that a pattern may ask for.
enum DeviceKind: String, Sendable, CaseIterable {
    case any = ""
    case readable = "__READABLE__"
    case flyable = "__FLYABLE__"
    case detector = "__DETECTOR__"
    case motor = "__MOTOR__"

    init(keyword: String, in pattern: String) throws(CatalogError) {
        guard let kind = DeviceKind(rawValue: keyword) else {
            let allowed = Self.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")
            throw CatalogError(
                "Name pattern '\(shortened(pattern))': '\(shortened(keyword))' is no kind of device. Allowed are \(allowed)"
            )
        }
        self = kind
    }

    func includes(_ device: DeviceDescription) -> Bool {
        switch self {
        case .any: true
        case .readable: device.isReadable
        case .flyable: device.isFlyable
        case .detector: device.isReadable && !device.isMovable
        case .motor: device.isReadable && device.isMovable
        }
    }
}
