internal import Files
public import Wire
internal import YAML

/// The file of existing plans and devices, in the format of the original server.
public struct ExistingLists: Sendable, Hashable {
    /// The plans of the environment.
    public var plans: NamedList<PlanDescription>
    /// The devices of the environment.
    public var devices: NamedList<DeviceDescription>

    /// Lists of these plans and devices.
    public init(
        plans: NamedList<PlanDescription> = NamedList(),
        devices: NamedList<DeviceDescription> = NamedList()
    ) {
        self.plans = plans
        self.devices = devices
    }

    /// Reads the members `existing_plans` and `existing_devices`; one that is missing is empty.
    ///
    /// - Throws: ``CatalogError`` with the place of the first thing that is wrong.
    public init(_ value: JSONValue) throws(CatalogError) {
        guard let members = value.object else {
            throw CatalogError("\(shown(value)) is no object with the members 'existing_plans' and 'existing_devices'")
        }
        plans = try NamedList(Self.member("existing_plans", of: members))
        devices = try NamedList(Self.member("existing_devices", of: members))
    }

    /// A list, empty if the file has none.
    private static func member(_ key: String, of members: JSONObject) -> JSONValue {
        members[key].flatMap { $0.isNull ? nil : $0 } ?? [:]
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: ``CatalogError`` with the file and the place in it.
    public init(file path: String) throws(CatalogError) {
        let value: JSONValue
        do throws(YAMLError) {
            value = try JSONValue(yamlFile: path)
        } catch {
            throw CatalogError(place: error.place, error.reason)
        }
        do throws(CatalogError) {
            try self.init(value)
        } catch {
            throw CatalogError(place: path, error.description)
        }
    }

    /// The lists as JSON.
    public var json: JSONObject {
        ["existing_devices": .object(devices.json), "existing_plans": .object(plans.json)]
    }

    /// Writes the file at `path`, replacing what is there.
    ///
    /// - Throws: ``CatalogError`` if the file cannot be written.
    public func write(file path: String) throws(CatalogError) {
        let header = "# Made when the environment was opened; changes are lost.\n"
        do throws(FileError) {
            try WholeFile.replace(path, with: header + JSONValue.object(json).yamlText, isDurable: true)
        } catch {
            throw CatalogError(place: error.path, error.reason)
        }
    }
}
