/// A message came where it makes no sense, for example an event was saved that was never created.
public struct IllegalMessageSequence: Error, Hashable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    /// An error with this text.
    public init(_ description: String) { self.description = description }
}

/// The engine knows no command of this name.
public struct InvalidCommand: Error, Hashable, CustomStringConvertible {
    /// The name of the command.
    public let name: String

    /// An error about the command of this name.
    public init(name: String) { self.name = name }

    /// What to do about it.
    public var description: String {
        "The run engine knows no command '\(name)'; commands of your own must be registered with it"
    }
}

/// The readings of an event do not fit what the stream was described to hold.
public struct ReadingError: Error, Hashable, CustomStringConvertible {
    /// What does not fit.
    public let description: String

    /// An error with this text.
    public init(_ description: String) { self.description = description }
}

/// Something that a device had begun failed.
public struct FailedStatus: Error, CustomStringConvertible {
    /// What failed. Its ``Status/error`` tells why.
    public let status: Status

    /// What failed and why.
    public var description: String {
        let cause = status.error.map { "\($0)" } ?? "unknown cause"
        return status.name.map { "\($0) failed: \(cause)" } ?? "A device failed: \(cause)"
    }
}

/// There is nobody whom the plan could ask.
public struct InputUnavailable: Error, Hashable, CustomStringConvertible {
    /// What was to be asked.
    public let prompt: String

    /// What to do about it.
    public var description: String {
        "The plan asks '\(prompt)', but nobody can answer here; run it where the engine has an input, or without questions"
    }
}

/// A subscription that does not exist, or no longer.
public struct UnknownSubscription: Error, Hashable, CustomStringConvertible {
    let token: SubscriptionToken

    /// Which subscription.
    public var description: String { "There is no subscription with the token \(token.number)" }
}

/// The members of a group were not all done in time.
public struct WaitTimeout: Error, Hashable, CustomStringConvertible {
    /// The group.
    public let group: Group
    /// How long the wait was allowed to take, in seconds.
    public let seconds: Double
    /// What was still going on, where it has a name.
    public let pending: [String]

    /// What was not done, and how long it was given.
    public var description: String {
        let names = pending.isEmpty ? "" : " Still going on: \(pending.joined(separator: ", "))."
        return "Plan failed to complete in the specified time: group \(group.map { "'\($0)'" } ?? "without a name") "
            + "was not done within \(seconds) s.\(names)"
    }
}
