internal import Wire

extension Request {
    package static let environmentOpen = Request("environment_open")
    package static let environmentClose = Request("environment_close")
    package static let environmentDestroy = Request("environment_destroy")

    package static func environmentUpdate(inBackground: Bool = false) -> Request {
        Request("environment_update", inBackground ? ["run_in_background": true] : [:])
    }
}

extension QueueClient {
    /// Starts to open the environment. It is open when ``waitForEnvironment(timeout:)`` returns.
    public func environmentOpen() async throws { try await perform(.environmentOpen) }

    /// Starts to close the environment in order; refused while a plan runs or is paused.
    public func environmentClose() async throws { try await perform(.environmentClose) }

    /// Ends the environment at once, with whatever runs in it.
    public func environmentDestroy() async throws { try await perform(.environmentDestroy) }

    /// Lets the environment look for new plans and devices. Returns the task's identifier.
    @discardableResult
    public func environmentUpdate(inBackground: Bool = false) async throws -> String {
        try await perform(.environmentUpdate(inBackground: inBackground)).taskUID
    }
}
