internal import PlanCatalog
internal import Plans
internal import Wire

extension PlanDefinition {
    private static let movables = "__MOVABLE__ | typing.Any"

    private static let snakeChoice = ParameterDescription.keyword(
        "snake_axes",
        "collections.abc.Iterable[typing.Any] | bool | None",
        namesDevices: true,
        "Which motors go to and fro: true for all but the slowest, or a list of motors."
    )

    private static let snakeFlag = ParameterDescription.keyword(
        "snake_axes",
        "bool",
        default: "False",
        "Whether all motors but the slowest go to and fro."
    )

    /// Plans that move motors over a mesh and read at each point.
    static let gridPlans = [
        PlanDefinition(
            "grid_scan",
            "Scan over a mesh; each motor is on a trajectory of its own.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    nil,
                    "Motor, first position, last position, number of points; repeated, the slowest motor first."
                ),
                snakeChoice, .noStepFunction, .metadata,
            ]
        ) { arguments in
            let (axes, flagged) = try arguments.gridAxes()
            return try gridScan(
                try arguments.detectors(),
                axes,
                snakeAxes: try arguments.snakeAxes(flagged: flagged),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "rel_grid_scan",
            "Scan over a mesh relative to where the motors are; they are sent back at the end.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    movables,
                    namesDevices: true,
                    "Motor, first and last position counted from where it is, number of points; repeated, the slowest "
                        + "motor first."
                ),
                snakeChoice, .noStepFunction, .metadata,
            ]
        ) { arguments in
            let (axes, flagged) = try arguments.gridAxes()
            return try relGridScan(
                try arguments.detectors(),
                axes,
                snakeAxes: try arguments.snakeAxes(flagged: flagged),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "list_grid_scan",
            "Scan over a mesh whose positions are listed.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    movables,
                    namesDevices: true,
                    "Motor, list of positions; repeated, the slowest motor first."
                ),
                snakeFlag, .noStepFunction, .metadata,
            ]
        ) { arguments in
            try listGridScan(
                try arguments.detectors(),
                try arguments.listAxes(),
                snakeAxes: try arguments.snakeAxes(),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "rel_list_grid_scan",
            "Scan over a mesh of listed positions relative to where the motors are; they are sent back at the end.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    movables,
                    namesDevices: true,
                    "Motor, list of positions counted from where it is; repeated, the slowest motor first."
                ),
                snakeFlag, .noStepFunction, .metadata,
            ]
        ) { arguments in
            try relListGridScan(
                try arguments.detectors(),
                try arguments.listAxes(),
                snakeAxes: try arguments.snakeAxes(),
                metadata: try arguments.metadata()
            )
        },
    ]
}
