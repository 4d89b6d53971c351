public import Wire

/// How to wait for a group.
public struct Wait: Sendable {
    /// The group.
    public var group: Group
    /// The longest wait in seconds; nil for no limit.
    public var timeout: Double?
    /// Whether a wait that takes too long is an error. If not, the group can be waited for again.
    public var errorOnTimeout: Bool
    /// Other groups: should one of them have a failure, the wait is over.
    public var watch: [Group]

    /// Waits for this group.
    public init(_ group: Group, timeout: Double? = nil, errorOnTimeout: Bool = true, watch: [Group] = []) {
        self.group = group
        self.timeout = timeout
        self.errorOnTimeout = errorOnTimeout
        self.watch = watch
    }
}

/// A command that the engine does not know by itself.
public struct CustomCommand: Sendable {
    /// The name under which it is registered.
    public var name: String
    /// The device that it is about, if any.
    public var device: (any Device)?
    /// Its arguments.
    public var arguments: JSONObject

    /// A command with these arguments.
    public init(_ name: String, device: (any Device)? = nil, arguments: JSONObject = [:]) {
        self.name = name
        self.device = device
        self.arguments = arguments
    }
}
