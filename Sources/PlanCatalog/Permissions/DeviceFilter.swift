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
        try changed(devices, rules.map { (DeviceWalk($0.pattern), $0.allows) }) ?? devices
    }

    /// The devices that may be used, or nil if those are all as they were: the lists of groups then share their memory.
    private func changed(
        _ devices: NamedList<DeviceDescription>,
        _ walks: [(walk: DeviceWalk, allows: Bool)]
    ) throws(CatalogError) -> NamedList<DeviceDescription>? {
        // With no pattern left, everything below is decided by the default alone.
        if walks.isEmpty { return allowsAll || devices.isEmpty ? nil : NamedList() }
        var changes: [String: DeviceDescription?] = [:]
        for (name, device) in devices {
            var isAllowed = allowsAll
            var below: [(DeviceWalk, Bool)] = []
            for (walk, allows) in walks {
                let (isSelected, next) = try walk.step(name, device)
                if isSelected { isAllowed = allows }
                if !next.isOver { below.append((next, allows)) }
            }
            let components = try changed(device.components, below)
            let isExcluded = device.isExcluded || !isAllowed
            let isGone = isExcluded && (components ?? device.components).isEmpty
            guard isGone || components != nil || isExcluded != device.isExcluded else { continue }
            var result = device
            result.isExcluded = isExcluded
            if let components { result.components = components }
            changes.updateValue(isGone ? nil : result, forKey: name)
        }
        return changes.isEmpty ? nil : devices.compactMapElements { name, device in changes[name] ?? device }
    }
}
