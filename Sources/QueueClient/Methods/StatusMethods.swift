public import Wire

extension Request {
    package static let status = Request("status")
    package static let ping = Request("ping")
    package static let configGet = Request("config_get")
}

extension QueueClient {
    /// The state of the manager.
    public func status() async throws -> ManagerStatus { ManagerStatus(try await perform(.status)) }

    /// The same as ``status()``; shows that the manager answers.
    public func ping() async throws -> ManagerStatus { ManagerStatus(try await perform(.ping)) }

    /// The manager's configuration as far as clients need it, for example how to connect to an IPython kernel.
    public func configGet() async throws -> JSONObject { try await perform(.configGet)["config"]?.object ?? [:] }
}
