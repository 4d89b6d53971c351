internal import CLinux
internal import Glibc
internal import Synchronization

/// A thread that polls descriptors and runs the jobs of the actors that name it as their executor.
///
/// An actor whose `unownedExecutor` is an event loop owns its sockets without a lock and without a hop: the handler of
/// a watched descriptor runs on the loop's thread and enters the actor with `assumeIsolated`.
///
/// libzmq's descriptors are edge-triggered, and any send or receive may take the edge of another event. Handlers
/// therefore read until nothing is left and say whether they did anything; the loop calls all of them again until none
/// did, and only then waits.
public final class EventLoop: SerialExecutor {
    /// Identifies a watched descriptor.
    public struct Watch: Sendable, Hashable {
        fileprivate let number: Int
    }

    /// Reads until nothing is left. Returns whether there was anything.
    public typealias Handler = @Sendable () -> Bool

    private struct Source {
        let descriptor: Int32
        let handler: Handler
    }

    private struct Shared {
        var jobs: [UnownedJob] = []
        var sources: [Int: Source] = [:]
        var nextWatch = 0
        var isStopped = false
        var thread: pthread_t?

        var isOnThread: Bool { thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    private let shared = Mutex(Shared())
    private let wakeDescriptor: Int32

    /// Makes a loop that does not run yet.
    public init() {
        wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        precondition(wakeDescriptor >= 0, "no descriptor left for an event loop")
    }

    deinit { close(wakeDescriptor) }

    // MARK: Running

    /// Starts a thread of this name that runs the loop.
    public func start(named name: String) {
        let context = Unmanaged.passRetained(ThreadStart(loop: self, name: name)).toOpaque()
        let status = clinux_start_thread(
            { raw in
                guard let raw else { return }
                let start = Unmanaged<ThreadStart>.fromOpaque(raw).takeRetainedValue()
                clinux_name_thread(start.name)
                start.loop.run()
            },
            context
        )
        precondition(status == 0, "cannot start a thread")
    }

    /// Runs the loop on the calling thread until ``stop()``.
    public func run() {
        shared.withLock { $0.thread = pthread_self() }
        while !shared.withLock(\.isStopped) {
            repeat { runJobs() } while callHandlers()
            waitForActivity()
        }
        runJobs()
    }

    /// Ends the loop after the jobs that are waiting. May be called from any thread.
    public func stop() {
        shared.withLock { $0.isStopped = true }
        wake()
    }

    // MARK: Descriptors

    /// Calls `handler` on the loop's thread whenever the descriptor may be readable. May be called from any thread.
    @discardableResult
    public func watch(_ descriptor: Int32, handler: @escaping Handler) -> Watch {
        let watch = shared.withLock { shared in
            shared.nextWatch += 1
            shared.sources[shared.nextWatch] = Source(descriptor: descriptor, handler: handler)
            return Watch(number: shared.nextWatch)
        }
        wake()
        return watch
    }

    /// Ends the watch. Must be called before the descriptor is closed.
    public func unwatch(_ watch: Watch) {
        shared.withLock { _ = $0.sources.removeValue(forKey: watch.number) }
    }

    private func callHandlers() -> Bool {
        let sources = shared.withLock { $0.sources }
        var didAnything = false
        for (number, source) in sources where shared.withLock({ $0.sources[number] != nil }) {
            if source.handler() { didAnything = true }
        }
        return didAnything || shared.withLock { !$0.jobs.isEmpty }
    }

    private func waitForActivity() {
        var descriptors = [pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)]
        let (sources, mayWait) = shared.withLock { ($0.sources, $0.jobs.isEmpty && !$0.isStopped) }
        guard mayWait else { return }
        for source in sources.values {
            descriptors.append(pollfd(fd: source.descriptor, events: Int16(POLLIN), revents: 0))
        }
        poll(&descriptors, nfds_t(descriptors.count), -1)
        if descriptors[0].revents != 0 {
            var count: eventfd_t = 0
            eventfd_read(wakeDescriptor, &count)
        }
    }

    // MARK: Executor

    /// Queues a job of an actor on this loop.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustWake = shared.withLock { shared in
            shared.jobs.append(job)
            return shared.jobs.count == 1 && !shared.isOnThread
        }
        if mustWake { wake() }
    }

    /// Stops the process if the caller is not on the loop's thread.
    public func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the event loop")
    }

    /// Whether the caller is on the loop's thread.
    public func isIsolatingCurrentContext() -> Bool? { shared.withLock(\.isOnThread) }

    private func runJobs() {
        while true {
            let jobs = shared.withLock { shared in
                let jobs = shared.jobs
                shared.jobs.removeAll(keepingCapacity: true)
                return jobs
            }
            if jobs.isEmpty { return }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }

    private func wake() { eventfd_write(wakeDescriptor, 1) }
}

private final class ThreadStart: Sendable {
    let loop: EventLoop
    let name: String

    init(loop: EventLoop, name: String) {
        self.loop = loop
        self.name = name
    }
}
