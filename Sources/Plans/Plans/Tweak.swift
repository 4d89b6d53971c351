internal import EventModel
public import RunEngine
public import Wire

/// Moves a motor step by step and reads a detector, and asks after each step how far to go next.
///
/// A number is the next step, an empty answer the same step again; anything else ends the plan.
///
/// - Parameters:
///   - detector: What to read besides the motor.
///   - targetField: The field that is shown.
///   - motor: The motor.
///   - step: The first step.
///   - metadata: Go into the run and win over what the plan says.
public func tweak(
    _ detector: any Readable,
    targetField: String,
    _ motor: any Positioner,
    step: Double,
    metadata: JSONObject = [:]
) -> Plan {
    let own: JSONObject = [
        "detectors": names([detector]),
        "motors": names([motor]),
        "plan_args": [
            "detector": .string(detector.label), "target_field": .string(targetField),
            "motor": .string(motor.label), "step": .double(step),
        ],
        "plan_name": "tweak",
        "hints": .object(axisHints([motor])),
    ]
    return stagedRun("tweak", [detector, motor], metadata: own.withGiven(metadata)) { context in
        var step = step
        while true {
            let readings = try await context.triggerAndRead([detector, motor])
            let value = readings[targetField]?.value.encodedText ?? "unknown"
            let position = try await context.rd(motor)
            let answer = try await context.input(
                "\(motor.name) is at \(position.encodedText), \(targetField) is \(value). Next step (\(step)): "
            )
            if let number = Double(answer), number.isFinite { step = number } else if !answer.isEmpty { return }
            guard let target = position.adding(.double(step)) else {
                throw PlanError("tweak: '\(motor.name)' is at \(position.encodedText), which is no number")
            }
            try await context.mv(motor, target)
        }
    }
}
