internal import Dispatch

/// The threads on which tasks run. They are not those of plans: a function that blocks its thread holds up nothing else.
final class TaskThreads: TaskExecutor {
    static let shared = TaskThreads()

    private let queue = DispatchQueue(label: "tasks", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
