import Glibc
import Logging
import PlanCatalog
import SupervisorLink
import Wire
import WorkerLink

/// The plans and devices that exist, and who may use which.
///
/// They come from two files of the profile when the manager starts, and from the worker once an environment is open.
struct PlanLists: Sendable {
    private var catalog: Catalog
    private let settings: ManagerSettings
    private let log: Logger

    /// Loads the files of existing plans and devices, which may be missing, and of permissions.
    ///
    /// - Parameter stored: The permissions that were in force last, which may count more than the file.
    /// - Throws: `CatalogError` if a file cannot be read, with its place.
    init(settings: ManagerSettings, stored: JSONValue?, log: Logger) throws {
        self.settings = settings
        self.log = log
        let isStoredValid = settings.permissionsReload != .onStartup || settings.isReplacement
        let kept = isStoredValid ? stored.flatMap { try? UserGroupPermissions($0) } : nil
        let permissions = try kept ?? UserGroupPermissions(file: settings.permissionsFile)
        var lists = ExistingLists()
        if access(settings.listsFile, F_OK) == 0 {
            lists = try ExistingLists(file: settings.listsFile)
        } else {
            log.info(
                "'\(settings.listsFile)' does not exist; plans and devices are known once the environment is open."
            )
        }
        catalog = Catalog(existingPlans: lists.plans, existingDevices: lists.devices, permissions: permissions)
        reportProblem()
    }

    private func reportProblem() {
        if let problem = catalog.problem { log.error("The user group permissions cannot be applied: \(problem)") }
    }

    private mutating func rebuild(lists: ExistingLists? = nil, permissions: UserGroupPermissions? = nil) {
        catalog = Catalog(
            existingPlans: lists?.plans ?? catalog.existingPlans,
            existingDevices: lists?.devices ?? catalog.existingDevices,
            permissions: permissions ?? catalog.permissions
        )
        reportProblem()
    }

    // MARK: Permissions

    /// Applies permissions of a client.
    ///
    /// - Returns: Whether they differ from those in force.
    mutating func setPermissions(_ value: JSONValue) throws(Refusal) -> Bool {
        let permissions: UserGroupPermissions
        do {
            permissions = try UserGroupPermissions(value)
        } catch {
            throw .request(error.description)
        }
        guard permissions != catalog.permissions else { return false }
        rebuild(permissions: permissions)
        return true
    }

    /// Reads the permissions of the file again; if that fails, those in force stay.
    ///
    /// - Returns: Whether they could be read.
    mutating func readPermissions() -> Bool {
        do {
            rebuild(permissions: try UserGroupPermissions(file: settings.permissionsFile))
            return true
        } catch {
            log.error("The permissions stay as they are: \(error)")
            return false
        }
    }

    /// Reads the file of existing plans and devices again; if that fails, the lists stay.
    mutating func readExistingLists() {
        do {
            rebuild(lists: try ExistingLists(file: settings.listsFile))
        } catch {
            log.error("The lists of plans and devices stay as they are: \(error)")
        }
    }

    // MARK: What clients see

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

    /// What a worker is to call for an item.
    func call(for item: JSONObject) -> PlanCall {
        do {
            return PlanCall(try catalog.bind(item, group: item["user_group"]?.string ?? ""))
        } catch {
            return .impossible(reason: error.description)
        }
    }

    /// Takes over the lists of an environment, and writes them to the profile if they have changed.
    ///
    /// - Parameters:
    ///   - plans: The list of plans.
    ///   - devices: The list of devices.
    ///   - isOpening: Whether the environment has just been opened; the lists of a script last as long as it does.
    /// - Returns: Which of the lists have changed.
    mutating func update(
        plans: JSONObject,
        devices: JSONObject,
        isOpening: Bool
    ) -> (plans: Bool, devices: Bool) {
        let lists: ExistingLists
        do {
            lists = try ExistingLists(["existing_plans": .object(plans), "existing_devices": .object(devices)])
        } catch {
            log.error("The worker's lists of plans and devices are not used: \(error)")
            return (false, false)
        }
        let old = catalog
        rebuild(lists: lists)
        let changed = (
            plans: lists.plans != old.existingPlans, devices: lists.devices != old.existingDevices
        )
        let isSaved =
            switch settings.listsUpdate {
            case .never: false
            case .environmentOpen: isOpening
            case .always: true
            }
        if isSaved, changed.plans || changed.devices {
            do {
                try lists.write(file: settings.listsFile)
            } catch {
                log.warning("The lists of plans and devices could not be saved: \(error)")
            }
        }
        return changed
    }
}
