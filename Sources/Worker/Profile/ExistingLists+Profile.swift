public import PlanCatalog

extension ExistingLists {
    /// The lists of the plans and devices of a profile, whose devices are made for it.
    ///
    /// - Throws: An error that names the file, the place and what is allowed.
    public init(profile location: ProfileLocation) throws {
        let profile = try LoadedProfile(location)
        self.init(plans: profile.planDescriptions, devices: profile.deviceDescriptions)
    }
}
