internal import PlanCatalog
internal import Plans
internal import Wire

extension PlanDefinition {
    /// Plans that read without moving.
    static let countingPlans = [
        PlanDefinition(
            "count",
            "Take one or more readings from detectors.",
            parameters: [
                .detectors,
                .positional("num", "int | None", default: "1", "Number of readings; None goes on until it is stopped."),
                .positional(
                    "delay",
                    "float | collections.abc.Iterable[float]",
                    default: "0.0",
                    "Seconds between readings: one number for all, or a list."
                ),
                .keyword("per_shot", nil, "Not available here: a function cannot be sent as JSON."),
                .metadata,
            ]
        ) { arguments in
            try count(
                try arguments.detectors(),
                num: arguments.value("num")?.json.isNull == true ? nil : try arguments.integer("num", default: 1),
                delay: try arguments.delay(),
                metadata: try arguments.metadata()
            )
        }
    ]
}

extension PlanArguments {
    fileprivate func delay() throws -> Delay {
        guard let value = json("delay") else { return 0 }
        if let seconds = value.number { return .seconds(seconds) }
        guard let list = value.array else { throw ArgumentError("delay", "must be a number or a list", value) }
        return .list(
            try list.map { element in
                guard let seconds = element.number else { throw ArgumentError("delay", "must be numbers", value) }
                return seconds
            }
        )
    }
}
