import Plans
import RunEngine
import Wire
import Worker

/// Reads detectors with the shutter closed and then open, in two streams of one run. The shutter is closed at the end,
/// however the plan ends.
func backgroundCount(
    _ detectors: [any Readable],
    shutter: any Movable,
    num: Int,
    metadata: JSONObject
) -> Plan {
    Plan("background_count") { context in
        let about: JSONObject = ["plan_name": "background_count", "num": .integer(num)]
        try await context.finalize {
            try await context.mv(shutter, "closed")
            try await context.withRun(metadata: about.merging(metadata)) {
                try await context.triggerAndRead(detectors, stream: "background")
                try await context.mv(shutter, "open")
                for _ in 0..<num {
                    try await context.checkpoint()
                    try await context.triggerAndRead(detectors)
                }
            }
        } final: {
            try await context.mv(shutter, "closed")
        }
    }
}

extension PlanDefinition {
    /// How items call ``backgroundCount(_:shutter:num:metadata:)``, and what users read about it.
    static let backgroundCount = PlanDefinition(
        "background_count",
        "Reads the background with the shutter closed, then the signal with the shutter open.",
        parameters: [
            .detectors,
            .motor("shutter", "The shutter; it is closed at the end."),
            .positional("num", "int", default: "1", "How many readings with the shutter open."),
            .metadata,
        ]
    ) { arguments in
        laboratory_worker.backgroundCount(
            try arguments.detectors(),
            shutter: try arguments.movable("shutter"),
            num: try arguments.integer("num", default: 1),
            metadata: try arguments.metadata()
        )
    }
}
