public import Wire

extension Request {
    package static let permissionsGet = Request("permissions_get")

    package static func permissionsSet(_ permissions: JSONValue) -> Request {
        Request("permissions_set", ["user_group_permissions": permissions])
    }

    package static func permissionsReload(plansAndDevices: Bool? = nil, permissions: Bool? = nil) -> Request {
        var request = Request("permissions_reload")
        request.parameters.set("restore_plans_devices", plansAndDevices.map(JSONValue.bool))
        request.parameters.set("restore_permissions", permissions.map(JSONValue.bool))
        return request
    }
}

extension QueueClient {
    /// Which group may use which plans, devices and functions.
    public func permissionsGet() async throws -> JSONObject {
        try await perform(.permissionsGet)["user_group_permissions"]?.object ?? [:]
    }

    /// Sets which group may use which plans, devices and functions, in the form that ``permissionsGet()`` returns.
    public func permissionsSet(_ permissions: JSONObject) async throws {
        try await perform(.permissionsSet(.object(permissions)))
    }

    /// Makes the lists of what is allowed anew.
    ///
    /// - Parameters:
    ///   - plansAndDevices: Whether the lists of existing plans and devices are read from disk first.
    ///   - permissions: Whether the permissions are read from disk first.
    public func permissionsReload(plansAndDevices: Bool = false, permissions: Bool = true) async throws {
        try await perform(.permissionsReload(plansAndDevices: plansAndDevices, permissions: permissions))
    }
}
