public import RunEngine
public import Wire

/// Whole plans with what the context does around them.
extension Plan {
    /// The same plan, carried out by `body`, which gets the context and the plan.
    public func preprocessed(
        by body: @escaping @Sendable (PlanContext, Plan) async throws -> JSONValue
    ) -> Plan {
        Plan(withResult: name) { context in try await body(context, self) }
    }

    /// These plans one after the other. The result is the list of theirs.
    public static func chain(_ plans: [Plan], name: String = "pchain") -> Plan {
        Plan(withResult: name) { context in
            var results: [JSONValue] = []
            for plan in plans { results.append(try await plan(context)) }
            return .array(results)
        }
    }

    /// The same plan under another name.
    public func named(_ name: String) -> Plan {
        Plan(withResult: name) { context in try await self(context) }
    }

    /// The plan with metadata that are added to each of its runs and win over theirs.
    public func withMetadata(_ metadata: JSONObject) -> Plan {
        preprocessed { context, plan in try await context.withMetadata(metadata) { try await plan($0) } }
    }

    /// The plan with a key for its runs.
    public func withRunKey(_ key: RunKey) -> Plan {
        preprocessed { context, plan in try await context.withRunKey(key) { try await plan($0) } }
    }

    /// The plan with a baseline around each of its runs.
    public func withBaseline(_ devices: [any Readable], stream: String = "baseline") -> Plan {
        preprocessed { context, plan in try await context.withBaseline(devices, stream: stream) { try await plan($0) } }
    }

    /// The plan with setpoints that count from where each device was; the devices are sent back at the end.
    public func relative(to devices: [any Movable]? = nil) -> Plan {
        preprocessed { context, plan in
            try await context.withRelativeMoves(of: devices, restoring: true) { try await plan($0) }
        }
    }
}
