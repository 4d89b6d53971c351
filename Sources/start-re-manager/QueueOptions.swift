public import ArgumentParser
import ManagerConfiguration
public import SupervisorLink

/// How the queue treats its items.
struct QueueOptions: ParsableArguments {
    @Option(
        name: .customLong("on-failure"),
        help: """
            What becomes of an item whose plan has failed: it goes back to the front of the queue, is held there until it \
            is released, or is dropped (default: front).
            """
    )
    var onFailure: ManagerSettings.OnFailure?

    @Option(
        name: .customLong("history-max-entries"),
        help: ArgumentHelp("How many entries of the history are kept (default: all).", valueName: "count")
    )
    var historyEntries: UInt32?

    @Option(
        name: .customLong("history-max-days"),
        help: ArgumentHelp("How many days entries of the history are kept (default: for ever).", valueName: "days")
    )
    var historyDays: Double?

    func validate() throws {
        if let historyDays, !(historyDays >= 0) { throw ValidationError("--history-max-days must be 0 or more") }
    }

    /// Applies the options, and the configuration where there is no option, to settings.
    func apply(_ configuration: ManagerConfiguration, to settings: inout ManagerSettings) {
        settings.onFailure = onFailure ?? configuration.onFailure ?? .front
        settings.historyEntries = historyEntries.map(Int.init) ?? configuration.historyEntries
        settings.historyDays = historyDays ?? configuration.historyDays
    }
}

extension ManagerSettings.OnFailure: ExpressibleByArgument {}
