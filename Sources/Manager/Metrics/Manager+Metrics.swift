import QueueStore

extension Manager {
    /// Shows the present state to whoever reads the metrics.
    func measure() {
        metrics.update(
            Metrics.Gauges(
                queueItems: queue.count,
                historyItems: historyCount,
                state: execution.state,
                isEnvironmentOpen: execution.environmentExists,
                problems: problems
            )
        )
    }

    /// Why the manager would not carry out what it is asked to; empty if it would.
    var problems: [String] {
        var problems: [String] = []
        if isStopping { problems.append("the manager is stopping") }
        if let storeProblem { problems.append("the store cannot be written: \(storeProblem)") }
        if !unstoredEvents.isEmpty { problems.append("\(unstoredEvents.count) events of the worker wait to be stored") }
        return problems
    }
}
