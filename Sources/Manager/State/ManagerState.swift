/// What the manager is doing, in the words of the API.
enum ManagerState: String, Sendable, CaseIterable {
    case initializing
    case idle
    case creatingEnvironment = "creating_environment"
    case startingQueue = "starting_queue"
    case executingQueue = "executing_queue"
    case paused
    case executingTask = "executing_task"
    case closingEnvironment = "closing_environment"
    case destroyingEnvironment = "destroying_environment"

    /// The name that error texts show, for example `MState.IDLE`.
    var enumName: String { "MState." + rawValue.uppercased() }
}
