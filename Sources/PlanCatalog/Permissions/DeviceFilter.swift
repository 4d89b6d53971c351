/// Cuts a tree of devices down to what a group may use.
struct DeviceFilter {
    private let allowsAll: Bool
    private let rules: [(pattern: NamePattern, allows: Bool)]

    /// Rules of two lists as permissions have them. A list that starts with nil means everything if it allows, and
    /// nothing if it forbids.
    ///
    /// - Throws: ``CatalogError`` if a pattern is not valid.
    init(allowed: [String?], forbidden: [String?]) throws(CatalogError) {
        allowsAll = allowed.first == .some(nil)
        var rules: [(NamePattern, Bool)] = []
        if !allowsAll {
            for text in allowed { rules.append((try Self.pattern(text), true)) }
        }
        if forbidden.first != .some(nil) {
            for text in forbidden { rules.append((try Self.pattern(text), false)) }
        }
        self.rules = rules
    }

    private static func pattern(_ text: String?) throws(CatalogError) -> NamePattern {
        guard let text else { throw CatalogError("null is allowed only as the first element of a list") }
        return try NamePattern(text)
    }

    /// The devices that may be used. One that may not, but has components that may, stays and is marked as excluded.
    ///
    /// - Throws: ``CatalogError`` if an expression takes too long.
    func filtered(_ devices: NamedList<DeviceDescription>) throws(CatalogError) -> NamedList<DeviceDescription> {
        if allowsAll, rules.isEmpty { return devices }
        return try filtered(devices, rules.map { (DeviceWalk($0.pattern), $0.allows) })
    }

    private func filtered(
        _ devices: NamedList<DeviceDescription>,
        _ walks: [(walk: DeviceWalk, allows: Bool)]
    ) throws(CatalogError) -> NamedList<DeviceDescription> {
        // With no pattern left, everything below is decided by the default alone.
        if walks.isEmpty { return allowsAll ? devices : NamedList() }
        return try devices.compactMapElements { (name, device) throws(CatalogError) -> DeviceDescription? in
            var isAllowed = allowsAll
            var below: [(DeviceWalk, Bool)] = []
            for (walk, allows) in walks {
                let (isSelected, next) = try walk.step(name, device)
                if isSelected { isAllowed = allows }
                if !next.isOver { below.append((next, allows)) }
            }
            var result = device
            if !device.components.isEmpty { result.components = try filtered(device.components, below) }
            result.isExcluded = device.isExcluded || !isAllowed
            return result.isExcluded && result.components.isEmpty ? nil : result
        }
    }
}
