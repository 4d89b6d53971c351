internal import EventModel
public import RunEngine
public import Wire

/// Lets flyers take data by themselves: kicks them off, completes and collects them.
///
/// A failure leaves the run to the engine, which collects what there is and closes it.
public func fly(_ flyers: [any Flyable], metadata: JSONObject = [:]) -> Plan {
    Plan(withResult: "fly") { context in
        let uid = try await context.openRun(metadata: metadata)
        for flyer in flyers { try await context.kickoff(flyer, wait: true) }
        for flyer in flyers { try await context.complete(flyer, wait: true) }
        for case let flyer as any Collectable in flyers { try await context.collect(flyer) }
        try await context.closeRun()
        return .string(uid)
    }
}
