internal import Glibc
internal import RunEngine
internal import Wire

/// A plan that stages devices and does `body` within one run. Its result is the uid of the run.
///
/// - Parameter areEvents: Whether all events of the run consist of exactly these devices, so that the stream can be
///   declared before the first one where people want that (`BLUESKY_PREDECLARE` in the environment).
func stagedRun(
    _ name: String,
    _ devices: [any Readable],
    areEvents: Bool = false,
    metadata: JSONObject,
    body: @escaping @Sendable (PlanContext) async throws -> Void
) -> Plan {
    let declared = areEvents && declaresStreams ? devices.withoutParts : []
    return Plan(withResult: name) { context in
        try await context.withStaged(devices) {
            let uid = try await context.withRun(metadata: metadata) {
                if !declared.isEmpty { try await context.declareStream(declared, name: "primary") }
                try await body(context)
            }
            return .string(uid)
        }
    }
}

private var declaresStreams: Bool {
    guard let wish = getenv("BLUESKY_PREDECLARE") else { return false }
    return wish.pointee != 0
}
