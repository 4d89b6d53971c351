/// One instruction of a plan to the engine.
public struct Message: Sendable {
    /// What to do.
    public var command: Command
    /// Which of several open runs it is about; nil for the run without a key.
    public var run: RunKey?

    /// A message about the run with this key.
    public init(_ command: Command, run: RunKey? = nil) {
        self.command = command
        self.run = run
    }
}

/// Tells runs apart that are open at the same time.
public typealias RunKey = String

/// A name under which actions are started together and waited for together. Nil is a group as well.
public typealias Group = String?
