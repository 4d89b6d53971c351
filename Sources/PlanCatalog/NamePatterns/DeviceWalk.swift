/// How far a pattern has come on the way down a tree of devices.
struct DeviceWalk {
    private enum State {
        /// The pattern has nothing to say here or below.
        case over
        /// The next level belongs to this part of a name.
        case name(index: Int)
        /// The next level belongs to this expression.
        case level(Int)
        /// An expression for the rest of the dotted name, of which `levels` are left.
        case fullName(level: Int, rest: String, levels: Int?)
    }

    private let pattern: NamePattern
    private var state: State

    init(_ pattern: NamePattern) {
        self.pattern = pattern
        state = if case .name = pattern.form { .name(index: 0) } else { .level(0) }
    }

    /// Whether the pattern can select anything from here on.
    var isOver: Bool {
        if case .over = state { true } else { false }
    }

    /// Goes one level down: whether the pattern selects the device called `name`, and how it goes on below it.
    ///
    /// - Throws: ``CatalogError`` if an expression takes too long.
    func step(_ name: String, _ device: DeviceDescription) throws(CatalogError) -> (isSelected: Bool, below: DeviceWalk)
    {
        var below = self
        below.state = .over
        switch (pattern.form, state) {
        case (.name(let components), .name(let index)):
            guard components[index] == name else { return (false, below) }
            let isLast = index == components.count - 1
            if !isLast { below.state = .name(index: index + 1) }
            return (isLast, below)
        case (.expressions(let kind, let levels), .level(let index)):
            let level = levels[index]
            if level.isFullName {
                let start = below.continuing(.fullName(level: index, rest: "", levels: level.depth))
                return try start.step(name, device)
            }
            guard try level.expression.matches(in: name) else { return (false, below) }
            if index + 1 < levels.count { below.state = .level(index + 1) }
            return (level.isIncluded && kind.includes(device), below)
        case (.expressions(let kind, let levels), .fullName(let index, let rest, let count)):
            let name = rest.isEmpty ? name : rest + "." + name
            if count != 1 { below.state = .fullName(level: index, rest: name, levels: count.map { $0 - 1 }) }
            return (kind.includes(device) ? try levels[index].expression.matches(in: name) : false, below)
        default: return (false, below)
        }
    }

    private func continuing(_ state: State) -> DeviceWalk {
        var walk = self
        walk.state = state
        return walk
    }
}

extension NamePattern {
    /// The names of the devices and components that the pattern selects. A plain name selects itself, whether there
    /// is such a device or not.
    ///
    /// - Throws: ``CatalogError`` if an expression takes too long.
    func names(in devices: NamedList<DeviceDescription>) throws(CatalogError) -> [String] {
        if case .name(let components) = form { return [components.joined(separator: ".")] }
        var names: [String] = []
        try collect(from: devices, DeviceWalk(self), prefix: "", into: &names)
        return names
    }

    private func collect(
        from devices: NamedList<DeviceDescription>,
        _ walk: DeviceWalk,
        prefix: String,
        into names: inout [String]
    ) throws(CatalogError) {
        for (name, device) in devices {
            let (isSelected, below) = try walk.step(name, device)
            if isSelected, !device.isExcluded { names.append(prefix + name) }
            if !below.isOver { try collect(from: device.components, below, prefix: prefix + name + ".", into: &names) }
        }
    }
}
