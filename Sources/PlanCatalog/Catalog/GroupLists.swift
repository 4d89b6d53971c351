internal import Wire

/// What one user group may use.
struct GroupLists: Sendable {
    let plans: NamedList<PlanDescription>
    let devices: NamedList<DeviceDescription>
    let functions: NameRules
    let compiled: [String: CompiledPlan]
    let plansRendering: Rendering
    let devicesRendering: Rendering

    /// - Parameters:
    ///   - plans: The plans of the group, as replies show them.
    ///   - devices: The devices of the group.
    ///   - functions: The functions of the group; the rules of `root` come on top.
    ///   - compiled: Plans that are prepared already, for those without lists of names.
    init(
        plans: NamedList<PlanDescription>,
        devices: NamedList<DeviceDescription>,
        functions: NameRules,
        compiled ready: [String: CompiledPlan]
    ) {
        self.plans = plans
        self.devices = devices
        self.functions = functions
        var compiled: [String: CompiledPlan] = [:]
        compiled.reserveCapacity(plans.count)
        for (name, plan) in plans {
            compiled[name] = ready[name] ?? CompiledPlan(plan.cut(toPlans: plans, devices: devices))
        }
        self.compiled = compiled
        plansRendering = Rendering { plans.json.encoded }
        devicesRendering = Rendering { devices.encoded }
    }
}

extension PlanDescription {
    /// Whether some parameter takes names out of lists, which differ from group to group.
    var listsNames: Bool { parameters.contains { $0.annotation?.namesObjects == true } }

    /// The plan with only those names in the lists of its annotations that the group may use.
    func cut(toPlans plans: NamedList<PlanDescription>, devices: NamedList<DeviceDescription>) -> PlanDescription {
        guard listsNames else { return self }
        var result = self
        for index in result.parameters.indices {
            result.parameters[index].annotation?.plans?.filterNames { plans[ObjectName.withoutSpaces($0)] != nil }
            result.parameters[index].annotation?.devices?.filterNames { devices.contains(path: $0) }
        }
        return result
    }
}

extension NamedList<[String]> {
    fileprivate mutating func filterNames(_ isKept: (String) -> Bool) {
        self = compactMapElements { _, names in names.filter(isKept) }
    }
}
