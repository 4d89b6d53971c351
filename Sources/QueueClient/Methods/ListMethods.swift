public import Wire

extension Request {
    package static let plansAllowed = Request("plans_allowed")
    package static let devicesAllowed = Request("devices_allowed")
    package static let plansExisting = Request("plans_existing")
    package static let devicesExisting = Request("devices_existing")
}

extension QueueClient {
    /// Descriptions of the plans that the user group may use, by name.
    public func plansAllowed() async throws -> JSONObject { try await list(.plansAllowed) }

    /// Descriptions of the devices that the user group may use, by name.
    public func devicesAllowed() async throws -> JSONObject { try await list(.devicesAllowed) }

    /// Descriptions of all plans, by name.
    public func plansExisting() async throws -> JSONObject { try await list(.plansExisting) }

    /// Descriptions of all devices, by name.
    public func devicesExisting() async throws -> JSONObject { try await list(.devicesExisting) }

    private func list(_ request: Request) async throws -> JSONObject {
        try await perform(request)[request.method]?.object ?? [:]
    }
}
