internal import Devices
internal import Glibc
internal import PlanCatalog
internal import RunEngine
internal import Wire
internal import YAML

/// The devices, plans and functions of a profile, made and ready.
struct LoadedProfile: Sendable {
    private let directory: String
    private let deviceMaximumDepth: Int
    private let repertoire: Repertoire
    private var devices = DeviceTable()
    private var plans: [String: PlanDefinition] = [:]
    private var functions: [String: FunctionDefinition] = [:]
    /// What holds plans while a signal is not as it should be.
    private(set) var suspenders: [Suspender] = []
    /// The plans as lists show them.
    private(set) var planDescriptions = NamedList<PlanDescription>()
    /// The devices as lists show them.
    private(set) var deviceDescriptions = NamedList<DeviceDescription>()

    /// Reads the files of a profile and makes its devices.
    ///
    /// - Throws: An error that names the file, the place and what is allowed.
    init(_ location: ProfileLocation, repertoire: Repertoire = .standard) throws {
        directory = location.directory
        deviceMaximumDepth = location.deviceMaximumDepth
        self.repertoire = repertoire
        try add(ProfileFragment(file: location.devicesFile, member: "devices"))
        try add(ProfileFragment(file: location.plansFile, member: "plans"))
        if access(location.functionsFile, F_OK) == 0 {
            try add(ProfileFragment(file: location.functionsFile, member: "functions"))
        }
        if access(location.suspendersFile, F_OK) == 0 {
            let file = location.suspendersFile
            suspenders = try SuspenderEntry.suspenders(JSONValue(yamlFile: file), file: file, devices: devices)
        }
    }

    /// Adds devices, plans and functions, which replace those of the same name. A device that refers to one that is
    /// replaced keeps the one that it was made with.
    ///
    /// - Throws: An error that names the place and what is allowed; the profile is of no use then.
    mutating func add(_ fragment: ProfileFragment) throws {
        for entry in fragment.plans {
            let definition = try entry.definition(file: fragment.source, repertoire: repertoire)
            plans[entry.name] = definition
            planDescriptions[entry.name] = definition.description
        }
        for entry in fragment.functions {
            functions[entry.name] = try entry.definition(
                directory: directory,
                file: fragment.source,
                repertoire: repertoire
            )
        }
        // Devices come last: making them may reach out to hardware, which is of no use if the rest is wrong.
        if !fragment.devices.isEmpty {
            try devices.add(fragment.devices, file: fragment.source, factory: repertoire.devices)
            deviceDescriptions = try NamedList(
                .object(devices.descriptions(maximumDepth: deviceMaximumDepth)),
                place: fragment.source
            )
        }
        try expandAnnotations()
    }

    /// Resolves the name patterns in the annotations of plans, which may mean other devices and plans than before.
    private mutating func expandAnnotations() throws {
        for (name, definition) in plans {
            var description = definition.description
            for index in description.parameters.indices {
                description.parameters[index].annotation = try description.parameters[index].annotation?
                    .expanded(devices: deviceDescriptions, plans: planDescriptions)
            }
            planDescriptions[name] = description
        }
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

    /// The function of this name.
    ///
    /// - Throws: An error that says that there is none, or what has the name instead.
    func function(_ name: String) throws -> FunctionDefinition {
        if let definition = functions[name] { return definition }
        let quoted = pythonQuoted(name)
        if plans[name] != nil {
            throw CommandRefused("Object \(quoted) defined in worker namespace is a generator function")
        }
        if devices.contains(name) {
            throw CommandRefused("Object \(quoted) defined in worker namespace is not callable")
        }
        throw CommandRefused("Function \(quoted) is not found in the worker namespace")
    }
}
