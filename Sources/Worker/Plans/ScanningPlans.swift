internal import PlanCatalog
internal import Plans
internal import RunEngine
internal import Wire

extension PlanDefinition {
    private static let movables = "__MOVABLE__ | typing.Any"
    private static let axes = "Motor, first position, last position; repeated for motors that move together."
    private static let relativeAxes =
        "Motor, first position, last position, counted from where it is; repeated for motors that move together."

    /// Plans that move motors along one trajectory and read at each point.
    static let scanningPlans = [
        PlanDefinition(
            "scan",
            "Scan over one trajectory of one or more motors, in even steps.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    movables,
                    namesDevices: true,
                    axes + " The number of points may follow as the last one."
                ),
                .keyword("num", "int | None", "Number of points."), .noStepFunction, .metadata,
            ]
        ) { arguments in
            let (axes, num) = try arguments.axesAndPoints()
            return try scan(try arguments.detectors(), axes, num: num, metadata: try arguments.metadata())
        },
        PlanDefinition(
            "rel_scan",
            "Scan over one trajectory relative to where the motors are; they are sent back at the end.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    movables,
                    namesDevices: true,
                    relativeAxes + " The number of points may follow as the last one."
                ),
                .keyword("num", nil, "Number of points."), .noStepFunction, .metadata,
            ]
        ) { arguments in
            let (axes, num) = try arguments.axesAndPoints()
            return try relScan(try arguments.detectors(), axes, num: num, metadata: try arguments.metadata())
        },
        PlanDefinition(
            "list_scan",
            "Scan over one trajectory of one or more motors, whose positions are listed.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    "__MOVABLE__ | list[typing.Any]",
                    namesDevices: true,
                    "Motor, list of positions; repeated for motors that move together."
                ),
                .noStepFunction, .metadata,
            ]
        ) { arguments in
            try listScan(try arguments.detectors(), try arguments.listAxes(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "rel_list_scan",
            "Scan over listed positions relative to where the motors are; they are sent back at the end.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    movables,
                    namesDevices: true,
                    "Motor, list of positions counted from where it is; repeated for motors that move together."
                ),
                .noStepFunction, .metadata,
            ]
        ) { arguments in
            try relListScan(try arguments.detectors(), try arguments.listAxes(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "log_scan",
            "Scan one motor over positions whose logarithms are evenly spaced.",
            parameters: logarithmic
        ) { arguments in
            try logScan(
                try arguments.detectors(),
                try arguments.positioner("motor"),
                from: try arguments.scalar("start"),
                to: try arguments.scalar("stop"),
                num: try arguments.integer("num"),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "rel_log_scan",
            "Scan one motor over logarithmic steps from where it is; it is sent back at the end.",
            parameters: logarithmic
        ) { arguments in
            try relLogScan(
                try arguments.detectors(),
                try arguments.positioner("motor"),
                from: try arguments.scalar("start"),
                to: try arguments.scalar("stop"),
                num: try arguments.integer("num"),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "inner_product_scan",
            "The same as scan, with the number of points before the motors.",
            parameters: [
                .detectors, .positional("num", "int", "Number of points."),
                .variadic("args", movables, namesDevices: true, axes), .noStepFunction, .metadata,
            ]
        ) { arguments in
            try innerProductScan(
                try arguments.detectors(),
                num: try arguments.integer("num"),
                try arguments.triples(try arguments.elements("args")),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "relative_inner_product_scan",
            "The same as rel_scan, with the number of points before the motors.",
            parameters: [
                .detectors, .positional("num", "int", "Number of points."),
                .variadic("args", movables, namesDevices: true, relativeAxes), .noStepFunction, .metadata,
            ]
        ) { arguments in
            try relativeInnerProductScan(
                try arguments.detectors(),
                num: try arguments.integer("num"),
                try arguments.triples(try arguments.elements("args")),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "x2x_scan",
            "Scan two motors from where they are, the second half as far as the first; they are sent back at the end.",
            parameters: [
                .detectors, .motor("motor1", "Motor that goes all the way."),
                .motor("motor2", "Motor that goes half the way."),
                .positional("start", "float", "First position of motor1, counted from where it is."),
                .positional("stop", "float", "Last position of motor1, counted from where it is."),
                .positional("num", "int", "Number of points."), .noStepFunction, .metadata,
            ]
        ) { arguments in
            try x2xScan(
                try arguments.detectors(),
                try arguments.positioner("motor1"),
                try arguments.positioner("motor2"),
                from: try arguments.scalar("start"),
                to: try arguments.scalar("stop"),
                num: try arguments.integer("num"),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "scan_nd",
            "Scan over any trajectory.",
            parameters: [
                .detectors,
                .positional(
                    "cycler",
                    nil,
                    "A list of motor, list of positions, repeated for motors that move together; or a list of such lists, "
                        + "which make a grid, the first slowest."
                ),
                .noStepFunction, .metadata,
            ]
        ) { arguments in
            try scanND(try arguments.detectors(), try arguments.trajectory(), metadata: try arguments.metadata())
        },
    ]

    private static let logarithmic: [ParameterDescription] = [
        .detectors, .motor("motor", "Motor to move."),
        .positional("start", "float", "Decimal logarithm of the first position."),
        .positional("stop", "float", "Decimal logarithm of the last position."),
        .positional("num", "int", "Number of points."), .noStepFunction, .metadata,
    ]
}
