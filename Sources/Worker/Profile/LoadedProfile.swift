internal import Devices
internal import PlanCatalog
internal import RunEngine
internal import Wire

/// The devices and plans of a profile, made and ready.
struct LoadedProfile: Sendable {
    private let devices: DeviceTable
    private let plans: [String: PlanDefinition]
    /// The plans as lists show them.
    let planDescriptions: NamedList<PlanDescription>
    /// The devices as lists show them.
    let deviceDescriptions: NamedList<DeviceDescription>

    /// Reads the files of a profile and makes its devices.
    ///
    /// - Throws: An error that names the file, the place and what is allowed.
    init(_ location: ProfileLocation) throws {
        devices = try DeviceTable(file: location.devicesFile)
        var plans: [String: PlanDefinition] = [:]
        var descriptions = NamedList<PlanDescription>()
        for entry in try LoadedProfile.planEntries(location.plansFile) {
            guard let definition = PlanDefinition.builtin.first(where: { $0.description.name == entry.plan }) else {
                let known = PlanDefinition.builtin.map(\.description.name).sorted().joined(separator: ", ")
                throw ProfileError(location.plansFile, "there is no plan '\(entry.plan)'; there are: \(known)")
            }
            let applied = try entry.applied(to: definition, file: location.plansFile)
            plans[entry.name] = applied
            descriptions[entry.name] = applied.description
        }
        self.plans = plans
        let existingDevices = try NamedList<DeviceDescription>(
            .object(devices.descriptions),
            place: location.devicesFile
        )
        deviceDescriptions = existingDevices
        for (name, described) in descriptions {
            var plan = described
            for index in plan.parameters.indices {
                plan.parameters[index].annotation = try plan.parameters[index].annotation?
                    .expanded(devices: existingDevices, plans: descriptions)
            }
            descriptions[name] = plan
        }
        planDescriptions = descriptions
    }

    private static func planEntries(_ file: String) throws -> [PlanEntry] {
        let content = try YAML.value(file: file)
        guard let entries = content["plans"]?.array else {
            throw ProfileError(file, "the file must have a member 'plans' that is a list")
        }
        return try entries.map { try PlanEntry($0, file: file) }
    }

    /// The catalogue of these plans and devices for users with these permissions.
    func catalog(permissions: UserGroupPermissions) -> Catalog {
        Catalog(existingPlans: planDescriptions, existingDevices: deviceDescriptions, permissions: permissions)
    }

    /// A plan with its arguments.
    ///
    /// - Throws: An error that names the argument that does not fit.
    func plan(_ bound: BoundPlan) throws -> Plan {
        guard let definition = plans[bound.name] else {
            throw CommandRefused("Plan '\(bound.name)' is not in the profile")
        }
        return try definition.plan(bound, devices: devices)
    }
}
