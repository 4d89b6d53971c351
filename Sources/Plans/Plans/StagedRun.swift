internal import RunEngine
internal import Wire

/// A plan that stages devices and does `body` within one run. Its result is the uid of the run.
func stagedRun(
    _ name: String,
    _ devices: [any Device],
    metadata: JSONObject,
    body: @escaping @Sendable (PlanContext) async throws -> Void
) -> Plan {
    Plan(withResult: name) { context in
        try await context.withStaged(devices) {
            .string(try await context.withRun(metadata: metadata) { try await body(context) })
        }
    }
}
