internal import Glibc
internal import Synchronization

/// What is counted and measured, in a form that another thread can read at any time.
final class Metrics: Sendable {
    /// What is known of the manager at one moment.
    struct Gauges: Sendable {
        var queueItems = 0
        var historyItems = 0
        var state = ManagerState.initializing
        var isEnvironmentOpen = false
        /// Why the manager is not ready; empty if it is.
        var problems: [String] = []
        /// When the manager last said anything, on the monotonic clock.
        var time = ContinuousClock.now
    }

    private struct Request: Hashable {
        let method: String
        let isSuccess: Bool
    }

    private struct Content {
        var gauges = Gauges()
        var requests: [Request: Int] = [:]
        var latencyCounts = [Int](repeating: 0, count: Metrics.bounds.count + 1)
        var latencySum = 0.0
        var plans: [String: Int] = [:]
        var workerStarts = 0
        var workerDeaths = 0
        var storeErrors = 0
    }

    /// Upper bounds of the buckets of the latency, in seconds.
    private static let bounds = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
    ]
    /// A manager that has not been heard of for so long hangs.
    private static let silenceLimit = Duration.seconds(3)

    private let content = Mutex(Content())
    private let startTime = WallClock.now

    // MARK: Counting

    func update(_ gauges: Gauges) { content.withLock { $0.gauges = gauges } }

    /// The manager's loop goes round.
    func beat() { content.withLock { $0.gauges.time = .now } }

    /// A request has been answered.
    ///
    /// - Parameter method: The name of the method; nil if there is no such method.
    func countRequest(_ method: String?, isSuccess: Bool, took duration: Duration) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        let bucket = Metrics.bounds.firstIndex { seconds <= $0 } ?? Metrics.bounds.count
        content.withLock { content in
            content.requests[Request(method: method ?? "unknown", isSuccess: isSuccess), default: 0] += 1
            content.latencyCounts[bucket] += 1
            content.latencySum += seconds
        }
    }

    func countPlan(exitStatus: String) { content.withLock { $0.plans[exitStatus, default: 0] += 1 } }

    func countWorkerStart() { content.withLock { $0.workerStarts += 1 } }

    func countWorkerDeath() { content.withLock { $0.workerDeaths += 1 } }

    func countStoreError() { content.withLock { $0.storeErrors += 1 } }

    // MARK: Reading

    /// Why the manager is not ready; empty if it is.
    var problems: [String] {
        let gauges = content.withLock { $0.gauges }
        let isSilent = gauges.time.duration(to: .now) > Metrics.silenceLimit
        return (isSilent ? ["the manager hangs"] : []) + gauges.problems
    }

    /// Everything in the text format of Prometheus.
    var text: String {
        let content = content.withLock { $0 }
        var page = Page()
        page.add("queue_items", "gauge", "Items that wait in the queue.", [("", content.gauges.queueItems)])
        page.add("history_items", "gauge", "Entries of the history.", [("", content.gauges.historyItems)])
        page.add(
            "state",
            "gauge",
            "1 for what the manager is doing, 0 for all else.",
            ManagerState.allCases.map { (#"{state="\#($0.rawValue)"}"#, $0 == content.gauges.state ? 1 : 0) }
        )
        page.add(
            "environment_open",
            "gauge",
            "Whether there is a worker environment.",
            [("", content.gauges.isEnvironmentOpen ? 1 : 0)]
        )
        page.add(
            "ready",
            "gauge",
            "Whether the manager is ready; /ready says why not.",
            [("", problems.isEmpty ? 1 : 0)]
        )
        page.add(
            "requests_total",
            "counter",
            "Requests that have been answered.",
            content.requests.map { request, count in
                (#"{method="\#(request.method)",outcome="\#(request.isSuccess ? "success" : "failure")"}"#, count)
            }
        )
        page.addHistogram(
            "request_seconds",
            "From reading a request to having its reply.",
            Metrics.bounds,
            content.latencyCounts,
            content.latencySum
        )
        page.add(
            "plans_total",
            "counter",
            "Plans that have ended.",
            content.plans.map { (#"{exit_status="\#($0)"}"#, $1) }
        )
        page.add("worker_starts_total", "counter", "Workers that were started.", [("", content.workerStarts)])
        page.add("worker_deaths_total", "counter", "Workers that ended unexpectedly.", [("", content.workerDeaths)])
        page.add("store_errors_total", "counter", "Changes that could not be stored.", [("", content.storeErrors)])
        page.add("start_time_seconds", "gauge", "When the manager started, since 1970.", [("", Int(startTime))])
        return page.text
    }
}

/// The text format of Prometheus.
private struct Page {
    private(set) var text = ""

    mutating func add(_ name: String, _ type: String, _ help: String, _ samples: [(labels: String, value: Int)]) {
        addHead(name, type, help)
        for sample in samples.sorted(by: { $0.labels < $1.labels }) {
            text += "re_manager_\(name)\(sample.labels) \(sample.value)\n"
        }
    }

    mutating func addHistogram(_ name: String, _ help: String, _ bounds: [Double], _ counts: [Int], _ sum: Double) {
        addHead(name, "histogram", help)
        var total = 0
        for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], counts) {
            total += count
            text += "re_manager_\(name)_bucket{le=\"\(bound)\"} \(total)\n"
        }
        text += "re_manager_\(name)_sum \(sum)\nre_manager_\(name)_count \(total)\n"
    }

    private mutating func addHead(_ name: String, _ type: String, _ help: String) {
        text += "# HELP re_manager_\(name) \(help)\n# TYPE re_manager_\(name) \(type)\n"
    }
}
