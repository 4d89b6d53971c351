internal import Wire

/// Whether the manager may stop while something runs.
public enum ManagerStopOption: String, Sendable, CaseIterable {
    /// Only when it is idle.
    case safeOn = "safe_on"
    /// At once; the environment ends with whatever runs in it.
    case safeOff = "safe_off"
}

extension Request {
    package static func managerStop(_ option: ManagerStopOption? = nil) -> Request {
        Request("manager_stop", option.map { ["option": .string($0.rawValue)] } ?? [:])
    }

    package static let managerKill = Request("manager_kill")
}

extension QueueClient {
    /// Ends the manager.
    public func managerStop(_ option: ManagerStopOption = .safeOn) async throws {
        try await perform(.managerStop(option))
    }

    /// Freezes the manager so that its supervisor restarts it after some seconds; for tests. It is never answered.
    ///
    /// - Throws: ``QueueClientError/noAnswer(method:address:timeout:)`` when all goes as intended.
    public func managerKill() async throws { try await perform(.managerKill) }
}
