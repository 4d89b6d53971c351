public import Wire

/// A device that knows how long something is going to take: for dry runs.
public protocol TimeEstimating: Device {
    /// How many seconds the action takes; nil if nobody knows.
    func estimatedDuration(of action: PlannedAction) async -> Double?
}

/// Something that a plan is going to ask of a device.
public enum PlannedAction: Sendable {
    /// To go somewhere, from where it is going to be then, if that is known.
    case set(from: JSONValue?, to: JSONValue)
    /// To take data.
    case trigger
    /// To take data by itself, from kickoff until it is complete.
    case fly
}
