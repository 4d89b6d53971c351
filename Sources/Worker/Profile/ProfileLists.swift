internal import PlanCatalog

/// The lists of the plans and devices of a profile.
public struct ProfileLists: Sendable {
    private let lists: ExistingLists
    /// How many plans there are.
    public var planCount: Int { lists.plans.count }
    /// How many devices there are.
    public var deviceCount: Int { lists.devices.count }

    /// Reads the profile and makes its devices.
    ///
    /// - Throws: An error that names the file, the place and what is allowed.
    public init(_ location: ProfileLocation) throws {
        let profile = try LoadedProfile(location)
        lists = ExistingLists(plans: profile.planDescriptions, devices: profile.deviceDescriptions)
    }

    /// Writes the file at `path`, replacing what is there.
    ///
    /// - Throws: An error that says why it cannot be written.
    public func write(file path: String) throws { try lists.write(file: path) }
}
