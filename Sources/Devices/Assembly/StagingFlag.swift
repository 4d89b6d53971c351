internal import Synchronization

/// Whether a device is staged.
public final class StagingFlag: Sendable {
    private let isStaged = Atomic<Bool>(false)

    /// Not staged.
    public init() {}

    /// Stages. Returns false if it was staged before.
    public func raise() -> Bool { !isStaged.exchange(true, ordering: .acquiringAndReleasing) }

    /// Unstages.
    public func lower() { isStaged.store(false, ordering: .releasing) }
}
