public import ArgumentParser
import ManagerConfiguration
import StartupSelection
public import SupervisorLink

/// What clients may use and see.
struct PermissionOptions: ParsableArguments {
    @Option(
        name: .customLong("user-group-permissions"),
        help: ArgumentHelp(
            "File of user group permissions, or its folder (default: in the profile).",
            valueName: "path"
        )
    )
    var permissions: String?

    @Option(name: .customLong("user-group-permissions-reload"), help: "When that file is read (default: ON_STARTUP).")
    var permissionsReload: ManagerSettings.PermissionsReload?

    @Option(
        name: .customLong("existing-plans-devices"),
        help: ArgumentHelp(
            "File of existing plans and devices, or its folder (default: in the profile).",
            valueName: "path"
        )
    )
    var lists: String?

    @Option(
        name: .customLong("update-existing-plans-devices"),
        help: "When that file is written (default: ENVIRONMENT_OPEN)."
    )
    var listsUpdate: ManagerSettings.ListsUpdate?

    @Option(
        name: .customLong("permitted-re-metadata-keys"),
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Paths of the run engine's metadata that clients may see, such as /sample/name (default: /, all).",
            valueName: "path"
        )
    )
    var metadataKeys: [String] = []

    @Option(
        name: .customLong("audit-retention-days"),
        help: ArgumentHelp(
            "For how many days requests that change something are on record (default: 365; 0: they are not).",
            valueName: "days"
        )
    )
    var auditDays: Int?

    func validate() throws {
        if let auditDays, auditDays < 0 { throw ValidationError("--audit-retention-days must be 0 or more") }
    }

    /// The file of permissions and that of existing plans and devices.
    ///
    /// - Parameter directory: The folder in which they are unless they are named.
    /// - Throws: ``ConfigurationError`` if they are not named and there is no such folder.
    func files(
        _ configuration: ManagerConfiguration,
        directory: String?
    ) throws(ConfigurationError) -> (permissions: String, lists: String) {
        (
            try path(
                permissions ?? configuration.permissionsPath ?? directory,
                "permissions",
                "user_group_permissions"
            ),
            try path(lists ?? configuration.listsPath ?? directory, "lists", "existing_plans_and_devices")
        )
    }

    /// A path as an absolute one, with the usual file name if it is a folder.
    private func path(_ path: String?, _ what: String, _ name: String) throws(ConfigurationError) -> String {
        guard let path = path.map(UserPath.absolute) else {
            throw ConfigurationError(
                "A startup module has no folder for the file of \(what). Name it with --user-group-permissions and "
                    + "--existing-plans-devices, or name a profile with --startup-profile."
            )
        }
        return UserPath.isFolder(path) ? "\(path)/\(name).yaml" : path
    }

    /// Applies the other options, and the configuration where there is no option, to settings.
    func apply(_ configuration: ManagerConfiguration, to settings: inout ManagerSettings) {
        settings.auditDays = auditDays ?? configuration.auditDays ?? settings.auditDays
        settings.permissionsReload = permissionsReload ?? configuration.permissionsReload ?? .onStartup
        settings.listsUpdate = listsUpdate ?? configuration.listsUpdate ?? .environmentOpen
        let fromEnvironment = environment("QSERVER_PERMITTED_RE_METADATA_KEYS").map { $0.split(separator: ":") }
        if !metadataKeys.isEmpty {
            settings.permittedMetadataKeys = metadataKeys
        } else if let keys = configuration.permittedMetadataKeys {
            settings.permittedMetadataKeys = keys
        } else if let fromEnvironment {
            settings.permittedMetadataKeys = fromEnvironment.map(String.init)
        }
    }
}

extension ManagerSettings.PermissionsReload: ExpressibleByArgument {}
extension ManagerSettings.ListsUpdate: ExpressibleByArgument {}
