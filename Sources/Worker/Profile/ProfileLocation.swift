/// The folder of a profile, and the names of its files.
public struct ProfileLocation: Sendable {
    /// The folder.
    public let directory: String

    /// How deep the list of its devices goes: 1 for the devices alone; 0 for all components.
    public let deviceMaximumDepth: Int

    /// A profile in this folder.
    public init(directory: String, deviceMaximumDepth: Int = 0) {
        self.directory = directory
        self.deviceMaximumDepth = deviceMaximumDepth
    }

    /// The devices: name, class and parameters.
    var devicesFile: String { directory + "/devices.yaml" }
    /// The plans: name, presets, description and limits.
    var plansFile: String { directory + "/plans.yaml" }
    /// The functions that clients may call; the file may be missing.
    var functionsFile: String { directory + "/functions.yaml" }
    /// When plans are held; the file may be missing.
    var suspendersFile: String { directory + "/suspenders.yaml" }
    /// Metadata that every run of the profile has; the file may be missing.
    var metadataFile: String { directory + "/metadata.yaml" }
    /// Who may use what.
    var permissionsFile: String { directory + "/user_group_permissions.yaml" }
}
