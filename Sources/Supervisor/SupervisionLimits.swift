/// How long and how often the supervisor tries.
public struct SupervisionLimits: Sendable {
    /// How many times within 60 s a manager that has ended is started again.
    public var managerRestarts = 5
    /// How long a worker without a supervisor waits for another one when its plan has ended, in seconds; nil for the
    /// worker's own limit.
    public var adoptionWait: Int?

    /// The usual limits.
    public init() {}
}
