internal import PlanCatalog
internal import Plans
internal import Wire

extension PlanDefinition {
    private static func center(_ suffix: String) -> [ParameterDescription] {
        [
            .positional("x_\(suffix)", "float", "Middle of the area, for x_motor."),
            .positional("y_\(suffix)", "float", "Middle of the area, for y_motor."),
        ]
    }

    private static let motors: [ParameterDescription] = [
        .detectors, .motor("x_motor", "Motor that goes to and fro."), .motor("y_motor", "The other motor."),
    ]

    private static let ranges: [ParameterDescription] = [
        .positional("x_range", "float", "Width of the area, half of it on each side, for x_motor."),
        .positional("y_range", "float", "Width of the area, half of it on each side, for y_motor."),
    ]

    private static let rings: [ParameterDescription] = [
        .positional("dr", "float", "Distance between rings, along x."),
        .positional("nth", "float", "Number of points on the first ring."),
    ]

    private static let seeds: [ParameterDescription] = [
        .positional("dr", "float", "Scale of the distance between points, along x."),
        .positional("factor", "float", "By what the distances are divided."),
    ]

    private static let numbers: [ParameterDescription] = [
        .positional("x_num", "float", "Number of positions of x_motor."),
        .positional("y_num", "float", "Number of positions of y_motor."),
    ]

    private static func shape(_ tilt: String) -> [ParameterDescription] {
        [
            .keyword("dr_y", "float | None", "The distance along y, if it is another than along x."),
            .keyword("tilt", tilt, default: "0.0", "Angle by which the area leans, in radians."),
            .noStepFunction, .metadata,
        ]
    }

    private static let end: [ParameterDescription] = [.noStepFunction, .metadata]

    /// Plans that move two motors from the middle of an area outwards.
    static let spiralPlans = [
        PlanDefinition(
            "spiral",
            "Scan along a spiral of rings around a point.",
            parameters: motors + center("start") + ranges + rings + shape("float | None")
        ) { arguments in
            try spiral(try arguments.detectors(), try arguments.spiralShape(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "rel_spiral",
            "Scan along a spiral of rings around where the motors are; they are sent back at the end.",
            parameters: motors + ranges + rings + shape("float")
        ) { arguments in
            try relSpiral(try arguments.detectors(), try arguments.spiralShape(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "spiral_fermat",
            "Scan along a Fermat spiral around a point; its points fill the area evenly.",
            parameters: motors + center("start") + ranges + seeds + shape("float | None")
        ) { arguments in
            try spiralFermat(try arguments.detectors(), try arguments.fermatShape(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "rel_spiral_fermat",
            "Scan along a Fermat spiral around where the motors are; they are sent back at the end.",
            parameters: motors + ranges + seeds + shape("float | None")
        ) { arguments in
            try relSpiralFermat(
                try arguments.detectors(),
                try arguments.fermatShape(),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "spiral_square",
            "Scan over a grid from its middle outwards.",
            parameters: motors + center("center") + ranges + numbers + end
        ) { arguments in
            try spiralSquare(try arguments.detectors(), try arguments.squareShape(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "rel_spiral_square",
            "Scan over a grid around where the motors are, from its middle outwards; they are sent back at the end.",
            parameters: motors + ranges + numbers + end
        ) { arguments in
            try relSpiralSquare(
                try arguments.detectors(),
                try arguments.squareShape(),
                metadata: try arguments.metadata()
            )
        },
    ]
}

extension PlanArguments {
    private func axis(_ letter: String, center: String) throws -> SpiralAxis {
        SpiralAxis(
            try positioner("\(letter)_motor"),
            center: try number("\(letter)_\(center)", default: 0),
            range: try number("\(letter)_range")
        )
    }

    fileprivate func spiralShape() throws -> SpiralShape {
        SpiralShape(
            x: try axis("x", center: "start"),
            y: try axis("y", center: "start"),
            dr: try number("dr"),
            nth: try number("nth"),
            drY: try optionalNumber("dr_y"),
            tilt: try optionalNumber("tilt") ?? 0
        )
    }

    fileprivate func fermatShape() throws -> FermatSpiralShape {
        FermatSpiralShape(
            x: try axis("x", center: "start"),
            y: try axis("y", center: "start"),
            dr: try number("dr"),
            factor: try number("factor"),
            drY: try optionalNumber("dr_y"),
            tilt: try optionalNumber("tilt") ?? 0
        )
    }

    fileprivate func squareShape() throws -> SquareSpiralShape {
        SquareSpiralShape(
            x: try axis("x", center: "center"),
            y: try axis("y", center: "center"),
            xNum: try integer("x_num"),
            yNum: try integer("y_num")
        )
    }
}
