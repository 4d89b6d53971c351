import ArgumentParser
import Supervisor

/// How long and how often is tried to keep things running.
struct SupervisionOptions: ParsableArguments {
    @Option(
        name: .customLong("manager-restarts"),
        help: ArgumentHelp(
            "How many times within 60 s a manager that has ended is started again (default: 5).",
            valueName: "count"
        )
    )
    var managerRestarts: UInt16?

    @Option(
        name: .customLong("adoption-wait"),
        help: ArgumentHelp(
            "How long a worker whose supervisor was killed waits for another one when its plan has ended (default: a day).",
            valueName: "seconds"
        )
    )
    var adoptionWait: UInt32?

    /// The limits that the supervisor keeps.
    var limits: SupervisionLimits {
        var limits = SupervisionLimits()
        if let managerRestarts { limits.managerRestarts = Int(managerRestarts) }
        limits.adoptionWait = adoptionWait.map(Int.init)
        return limits
    }
}
