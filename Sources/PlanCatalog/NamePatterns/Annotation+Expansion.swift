extension Annotation {
    /// The annotation with the patterns in its lists of devices and plans replaced by the names that they select, without
    /// repetitions and in alphabetical order. Plain names stay, whether they exist or not.
    ///
    /// - Throws: ``CatalogError`` if a pattern is not valid.
    public func expanded(
        devices existingDevices: NamedList<DeviceDescription>,
        plans existingPlans: NamedList<PlanDescription>
    ) throws(CatalogError) -> Annotation {
        var result = self
        result.devices = try Self.expanded(devices) { (pattern) throws(CatalogError) in
            try pattern.names(in: existingDevices)
        }
        result.plans = try Self.expanded(plans) { (pattern) throws(CatalogError) in
            try pattern.names(in: existingPlans)
        }
        return result
    }

    private static func expanded(
        _ lists: NamedList<[String]>?,
        _ names: (NamePattern) throws(CatalogError) -> [String]
    ) throws(CatalogError) -> NamedList<[String]>? {
        try lists?.compactMapElements { (_, patterns) throws(CatalogError) in
            var result: Set<String> = []
            for pattern in patterns { result.formUnion(try names(NamePattern(pattern))) }
            return result.sorted(by: precedes)
        }
    }

    /// Alphabetical without regard to case; of names that differ in nothing else the one with the capital first.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        let (upperLeft, upperRight) = (left.uppercased(), right.uppercased())
        return upperLeft == upperRight ? left < right : upperLeft < upperRight
    }
}

extension NamePattern {
    /// The names of the plans that the pattern selects. A plain name selects itself, whether there is such a plan or not.
    ///
    /// - Throws: ``CatalogError`` if the pattern has parts that only devices have.
    func names(in plans: NamedList<PlanDescription>) throws(CatalogError) -> [String] {
        guard isSimple else {
            throw CatalogError("Name pattern '\(shortened(text))' has several parts; plans have none")
        }
        switch form {
        case .name(let components): return components
        case .expressions(let kind, let levels):
            guard kind == .any, levels.allSatisfy({ $0.depth == nil }) else {
                throw CatalogError("Name pattern '\(shortened(text))': plans have neither a kind of device nor a depth")
            }
            var names: [String] = []
            for name in plans.names where try selects(name) { names.append(name) }
            return names
        }
    }
}
