public import Wire

/// Where the queue, the history and the settings live when the manager is gone.
///
/// A store belongs to one manager at a time, which calls it from one thread.
public protocol QueueStore: AnyObject, Sendable {
    /// Everything but the history, as it was committed last.
    ///
    /// - Throws: ``QueueStoreError`` if it cannot be read.
    func load() throws -> StoredState

    /// Makes the changes durable, all of them or none.
    ///
    /// - Parameters:
    ///   - changes: In the order in which they happen.
    ///   - queue: The queue before the changes, which is what was committed last.
    /// - Throws: ``QueueStoreError`` if they could not be written; nothing has changed then.
    func commit(_ changes: [QueueChange], to queue: PlanQueue) throws

    /// The entries of the history as JSON objects, oldest first.
    ///
    /// - Throws: ``QueueStoreError`` if it cannot be read.
    func history() throws -> [[UInt8]]

    /// The oldest entries of the history, in order.
    ///
    /// - Parameter limit: How many are returned at most.
    /// - Throws: ``QueueStoreError`` if it cannot be read.
    func oldestHistory(_ limit: Int) throws -> [[UInt8]]

    /// How many entries the history has.
    ///
    /// - Throws: ``QueueStoreError`` if it cannot be read.
    func historyCount() throws -> Int

    /// Whether another process keeps the same store open, as far as the store can tell.
    var isInUse: Bool { get }
}

extension QueueStore {
    /// A file and memory cannot tell; the lock of the state directory keeps others from a file.
    public var isInUse: Bool { false }
}

/// What a manager needs to carry on.
public struct StoredState: Sendable {
    /// The items that wait.
    public var queue: PlanQueue
    /// The settings that have a value.
    public var settings: [Setting: JSONValue]

    /// The state of a store that has just been made.
    public init(queue: PlanQueue = PlanQueue(), settings: [Setting: JSONValue] = [:]) {
        self.queue = queue
        self.settings = settings
    }
}

/// Why a store could not be read or written.
public struct QueueStoreError: Error, CustomStringConvertible {
    /// What failed, where, and what may help.
    public let description: String
    /// Whether the same may work a little later without anybody's doing.
    public let isTemporary: Bool

    /// An error with this text.
    public init(_ description: String, isTemporary: Bool = false) {
        self.description = description
        self.isTemporary = isTemporary
    }
}
