internal import PlanCatalog
internal import Plans
internal import Wire

extension PlanDefinition {
    private static let adaptive: [ParameterDescription] = [
        .detectors, .positional("target_field", "str", "Field whose changes decide on the steps."),
        .motor("motor", "Motor to move."), .positional("start", "float", "First position."),
        .positional("stop", "float", "Last position."), .positional("min_step", "float", "Smallest step."),
        .positional("max_step", "float", "Largest step."),
        .positional("target_delta", "float", "Wanted change of the field from point to point."),
        .positional("backstep", "bool", "Whether to go back after a step that was much too large."),
        .positional(
            "threshold",
            "float | None",
            default: "0.8",
            "A step was much too large if a good one is less than this part of it."
        ), .metadata,
    ]

    /// Plans that decide by what they read where to go next.
    static let searchingPlans = [
        PlanDefinition(
            "adaptive_scan",
            "Scan one motor in steps that are small where a field changes fast.",
            parameters: adaptive
        ) { arguments in
            try adaptiveScan(try arguments.detectors(), try arguments.search(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "rel_adaptive_scan",
            "Scan one motor from where it is, in steps that are small where a field changes fast; it is sent back at the "
                + "end.",
            parameters: adaptive
        ) { arguments in
            try relAdaptiveScan(try arguments.detectors(), try arguments.search(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "tune_centroid",
            "Move a motor to the centre of a peak, which is searched for in ever smaller ranges.",
            parameters: [
                .detectors, .positional("signal", "str", "Field that has the peak."),
                .motor("motor", "Motor to move."), .positional("start", "float", "One end of the range."),
                .positional("stop", "float", "The other end of the range."),
                .positional("min_step", "float", "The search ends when steps would be smaller."),
                .positional("num", "int", default: "10", "Number of points of a pass."),
                .positional("step_factor", "float", default: "3.0", "By what the range is divided from pass to pass."),
                .positional("snake", "bool", default: "False", "Whether each second pass goes the other way."),
                .metadata,
            ]
        ) { arguments in
            let search = CentroidSearch(
                try arguments.positioner("motor"),
                signal: try arguments.text("signal"),
                from: try arguments.number("start"),
                to: try arguments.number("stop"),
                minStep: try arguments.number("min_step"),
                num: try arguments.integer("num", default: 10),
                stepFactor: try arguments.number("step_factor", default: 3),
                snake: try arguments.flag("snake", default: false)
            )
            return try tuneCentroid(try arguments.detectors(), search, metadata: try arguments.metadata())
        },
    ]
}

extension PlanArguments {
    fileprivate func search() throws -> AdaptiveSearch {
        AdaptiveSearch(
            try positioner("motor"),
            targetField: try text("target_field"),
            from: try number("start"),
            to: try number("stop"),
            minStep: try number("min_step"),
            maxStep: try number("max_step"),
            targetDelta: try number("target_delta"),
            backstep: try flag("backstep"),
            threshold: try optionalNumber("threshold") ?? 0.8
        )
    }
}
