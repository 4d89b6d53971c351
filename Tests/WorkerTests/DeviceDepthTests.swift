import PlanCatalog
import Testing
import Wire

@testable import Worker

struct DeviceDepthTests {
    /// How many levels the list of devices has.
    private func depth(of entry: JSONValue) -> Int {
        1 + (entry["components"]?.object?.map { depth(of: $0.1) }.max() ?? 0)
    }

    @Test(arguments: [1, 2]) func `the list of devices is cut where the profile says`(maximum: Int) throws {
        let location = ProfileLocation(directory: simulatedProfile.directory, deviceMaximumDepth: maximum)
        let devices = try LoadedProfile(location).deviceDescriptions.json
        #expect(devices.map { depth(of: $0.1) }.max() == maximum)
    }

    @Test func `without a limit all components are listed`() throws {
        let devices = try LoadedProfile(simulatedProfile).deviceDescriptions.json
        #expect(devices.compactMap { depth(of: $0.1) }.max() ?? 0 > 2)
    }
}
