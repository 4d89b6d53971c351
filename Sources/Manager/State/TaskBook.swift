import Wire
import WorkerLink

/// The tasks that run in the worker, and the results of those that have ended.
///
/// Results are kept for two minutes at least, also when the environment is closed; they do not outlive the manager.
struct TaskBook: Sendable, Equatable {
    /// What is known of a task.
    enum Entry: Sendable, Equatable {
        case running(RunningTask)
        case completed(TaskResult)
        case notFound

        /// The word of the API.
        var status: String {
            switch self {
            case .running: "running"
            case .completed: "completed"
            case .notFound: "not_found"
            }
        }

        /// The member `result` of the reply to `task_result`.
        var result: JSONObject {
            switch self {
            case .running(let task): task.json
            case .completed(let result): result.json
            case .notFound: [:]
            }
        }
    }

    /// How long a result is kept at least, in seconds.
    static let retention: Double = 120

    /// How many tasks have ended so far.
    private(set) var completions = 0
    private var running: [RunningTask] = []
    private var results: [String: TaskResult] = [:]
    /// When the results came, oldest first.
    private var arrivals: [(uid: String, time: Double)] = []

    /// Whether a foreground task runs.
    var hasForegroundTask: Bool { running.contains { !$0.runsInBackground } }

    subscript(uid: String) -> Entry {
        if let result = results[uid] { return .completed(result) }
        return running.first { $0.uid == uid }.map(Entry.running) ?? .notFound
    }

    mutating func start(_ task: RunningTask) { running.append(task) }

    /// Takes over what a worker tells a new manager about the tasks that run.
    mutating func resume(_ tasks: [RunningTask]) { running = tasks }

    /// Keeps a result, and drops those that have been kept long enough.
    mutating func finish(_ result: TaskResult, at time: Double) {
        let expired = arrivals.prefix { $0.time < time - TaskBook.retention }
        for (uid, _) in expired { results[uid] = nil }
        arrivals.removeFirst(expired.count)
        running.removeAll { $0.uid == result.uid }
        results[result.uid] = result
        arrivals.append((result.uid, time))
        completions += 1
    }

    /// The environment has ended and the tasks in it.
    mutating func loseRunningTasks() { running = [] }

    static func == (left: TaskBook, right: TaskBook) -> Bool {
        left.completions == right.completions && left.running == right.running && left.results == right.results
            && left.arrivals.elementsEqual(right.arrivals, by: ==)
    }
}
