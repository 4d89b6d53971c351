public import RunEngine
internal import Synchronization

/// A device that can be a part of another one.
public protocol PartDevice: Device {
    /// The device of which it is a part.
    var parentLink: ParentLink { get }
}

extension PartDevice {
    /// The device of which it is a part, if any.
    public var parent: (any Device)? { parentLink.parent }
}

/// Leads to the device of which another one is a part, without keeping it alive.
public final class ParentLink: Sendable {
    private struct Link {
        weak var device: (any Device)?
    }

    private let link = Mutex(Link())

    /// Leads nowhere.
    public init() {}

    /// The device of which the owner of the link is a part, if any.
    public var parent: (any Device)? {
        get { link.withLock { $0.device } }
        set { link.withLock { $0.device = newValue } }
    }
}
