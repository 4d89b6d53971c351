import Glibc
import Logging
import PlanCatalog
import Wire

/// The plans and devices that exist, and who may use which.
///
/// They come from two files of the profile when the manager starts, and from the worker once an environment is open.
struct PlanLists: Sendable {
    private var catalog: Catalog
    private let listsFile: String
    private let log: Logger

    /// Loads `existing_plans_and_devices.yaml`, which may be missing, and `user_group_permissions.yaml` of a profile.
    ///
    /// - Throws: `CatalogError` if a file cannot be read, with its place.
    init(startupDirectory: String, log: Logger) throws {
        listsFile = startupDirectory + "/existing_plans_and_devices.yaml"
        self.log = log
        let permissions = try UserGroupPermissions(file: startupDirectory + "/user_group_permissions.yaml")
        var lists = ExistingLists()
        if access(listsFile, F_OK) == 0 {
            lists = try ExistingLists(file: listsFile)
        } else {
            log.info("'\(listsFile)' does not exist; plans and devices are known once the environment is open.")
        }
        catalog = Catalog(existingPlans: lists.plans, existingDevices: lists.devices, permissions: permissions)
        if let problem = catalog.problem { log.error("The user group permissions cannot be applied: \(problem)") }
    }

    /// The permissions in the format of the file.
    var permissions: JSONObject { catalog.permissions?.json ?? [:] }

    /// The existing plans as JSON.
    var existingPlans: [UInt8] { catalog.existingPlansJSON }

    /// The existing devices as JSON.
    var existingDevices: [UInt8] { catalog.existingDevicesJSON }

    /// The plans as JSON that a group, which must exist, may use.
    func allowedPlans(for group: String) -> [UInt8] { catalog.allowedPlansJSON(for: group) ?? Array("{}".utf8) }

    /// The devices as JSON that a group, which must exist, may use.
    func allowedDevices(for group: String) -> [UInt8] { catalog.allowedDevicesJSON(for: group) ?? Array("{}".utf8) }

    /// The group that a request names.
    func group(_ value: JSONValue) throws(Refusal) -> String {
        guard value.array == nil, value.object == nil else {
            throw .request("The user group must be a text, not \(value.pythonType)")
        }
        guard let name = value.string, catalog.groups.contains(name) else {
            throw .request("Unknown user group: '\(value.pythonString)'")
        }
        return name
    }

    /// Whether members of the group may run an item with these arguments.
    func validate(_ item: JSONObject, group: String) throws(Refusal) {
        do {
            try catalog.validate(item, group: group)
        } catch {
            throw .request(error.description)
        }
    }

    /// Takes over the lists of an environment, and writes them to the profile if they have changed.
    ///
    /// - Returns: Which of the lists have changed.
    mutating func update(plans: JSONObject, devices: JSONObject) -> (plans: Bool, devices: Bool) {
        let lists: ExistingLists
        do {
            lists = try ExistingLists(["existing_plans": .object(plans), "existing_devices": .object(devices)])
        } catch {
            log.error("The worker's lists of plans and devices are not used: \(error)")
            return (false, false)
        }
        let changed = (
            plans: lists.plans != catalog.existingPlans, devices: lists.devices != catalog.existingDevices
        )
        guard changed.plans || changed.devices else { return changed }
        catalog = Catalog(
            existingPlans: lists.plans,
            existingDevices: lists.devices,
            permissions: catalog.permissions
        )
        do {
            try lists.write(file: listsFile)
        } catch {
            log.warning("The lists of plans and devices could not be saved: \(error)")
        }
        return changed
    }
}
