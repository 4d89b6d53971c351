internal import Wire

/// Everything the manager and the worker need to know of plans, devices, functions and who may use them.
///
/// A catalog does not change: a new one is made when the lists or the permissions change. What does not depend on the
/// single item is done then, so that checking an item takes microseconds.
public struct Catalog: Sendable {
    /// The plans of the environment.
    public let existingPlans: NamedList<PlanDescription>
    /// The devices of the environment.
    public let existingDevices: NamedList<DeviceDescription>
    /// Who may use them; nil if nothing is known.
    public let permissions: UserGroupPermissions?
    /// The user groups that have lists, in the order of the permissions.
    public let groups: [String]
    /// Why some groups have no lists: a name pattern that is not valid. The only group that is sure to exist then is
    /// `root`, and it may use everything.
    public let problem: CatalogError?

    let lists: [String: GroupLists]
    private let existingPlansRendering: Rendering
    private let existingDevicesRendering: Rendering

    /// Makes the lists of each group: what `root` may use, and of that what the group may use.
    public init(
        existingPlans: NamedList<PlanDescription> = NamedList(),
        existingDevices: NamedList<DeviceDescription> = NamedList(),
        permissions: UserGroupPermissions? = nil
    ) {
        self.existingPlans = existingPlans
        self.existingDevices = existingDevices
        self.permissions = permissions
        var builder = GroupListsBuilder(existingPlans, existingDevices)
        problem = builder.build(permissions)
        groups = builder.groups
        lists = builder.lists
        existingPlansRendering = Rendering { existingPlans.json.encoded }
        existingDevicesRendering = Rendering { existingDevices.encoded }
    }

    /// The plans that members of the group may use; nil if there is no such group.
    public func allowedPlans(for group: String) -> NamedList<PlanDescription>? { lists[group]?.plans }

    /// The devices that members of the group may use; nil if there is no such group.
    public func allowedDevices(for group: String) -> NamedList<DeviceDescription>? { lists[group]?.devices }

    /// Whether both have the same groups and those the same plans, in any order.
    public func hasSameAllowedPlans(as other: Catalog) -> Bool {
        lists.count == other.lists.count && lists.allSatisfy { other.lists[$0.key]?.plans == $0.value.plans }
    }

    /// Whether both have the same groups and those the same devices, in any order.
    public func hasSameAllowedDevices(as other: Catalog) -> Bool {
        lists.count == other.lists.count && lists.allSatisfy { other.lists[$0.key]?.devices == $0.value.devices }
    }

    // MARK: JSON, as replies show it

    /// The existing plans as JSON. Made once.
    public var existingPlansJSON: [UInt8] { existingPlansRendering.bytes }

    /// The existing devices as JSON. Made once.
    public var existingDevicesJSON: [UInt8] { existingDevicesRendering.bytes }

    /// The plans of a group as JSON; nil if there is no such group. Made once.
    public func allowedPlansJSON(for group: String) -> [UInt8]? { lists[group]?.plansRendering.bytes }

    /// The devices of a group as JSON; nil if there is no such group. Made once.
    public func allowedDevicesJSON(for group: String) -> [UInt8]? { lists[group]?.devicesRendering.bytes }
}
