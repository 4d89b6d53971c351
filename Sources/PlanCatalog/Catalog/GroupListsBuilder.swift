/// Makes the lists of the user groups.
struct GroupListsBuilder {
    private let existingPlans: NamedList<PlanDescription>
    private let existingDevices: NamedList<DeviceDescription>
    /// Plans that are the same for all groups, because they take no names out of lists.
    private let compiled: [String: CompiledPlan]
    private(set) var groups: [String] = []
    private(set) var lists: [String: GroupLists] = [:]

    init(_ plans: NamedList<PlanDescription>, _ devices: NamedList<DeviceDescription>) {
        existingPlans = plans
        existingDevices = devices
        var compiled: [String: CompiledPlan] = [:]
        for (name, plan) in plans where !plan.listsNames { compiled[name] = CompiledPlan(plan) }
        self.compiled = compiled
    }

    /// Makes the lists of all groups. If that fails, groups that were done before remain, and `root` gets all that exists.
    mutating func build(_ permissions: UserGroupPermissions?) -> CatalogError? {
        do throws(CatalogError) {
            guard let permissions, let root = permissions["root"] else {
                throw CatalogError("No user permissions are specified")
            }
            let rootPlans = try plans(existingPlans, root)
            let rootDevices = try devices(existingDevices, root)
            for (name, group) in permissions.groups {
                let isRoot = name == "root"
                let plans = isRoot ? rootPlans : try plans(rootPlans, group)
                let devices = isRoot ? rootDevices : try devices(rootDevices, group)
                let cut = plans.compactMapElements { $1.cut(toPlans: plans, devices: devices) }
                add(name, GroupLists(plans: cut, devices: devices, functions: group.functions, compiled: compiled))
            }
            return nil
        } catch {
            let nothing = NameRules(allowed: [], forbidden: [])
            let root = GroupLists(
                plans: existingPlans,
                devices: existingDevices,
                functions: permissions?["root"]?.functions ?? nothing,
                compiled: compiled
            )
            add("root", root)
            return error
        }
    }

    private mutating func add(_ name: String, _ group: GroupLists) {
        if lists.updateValue(group, forKey: name) == nil { groups.append(name) }
    }

    private func plans(
        _ plans: NamedList<PlanDescription>,
        _ group: GroupPermissions
    ) throws(CatalogError) -> NamedList<PlanDescription> {
        let rules = group.plans
        return try plans.compactMapElements { (name, plan) throws(CatalogError) in try rules.allow(name) ? plan : nil }
    }

    private func devices(
        _ devices: NamedList<DeviceDescription>,
        _ group: GroupPermissions
    ) throws(CatalogError) -> NamedList<DeviceDescription> {
        // As in the original server, patterns are not even read while there are no devices.
        existingDevices.isEmpty ? devices : try group.deviceFilter().filtered(devices)
    }
}
