internal import EventModel
internal import Wire

/// What a call of the engine is asked for besides its plan.
struct CallRequest {
    /// Name of the plan.
    let planName: String
    /// Metadata that win over those of the plan.
    let metadata: JSONObject
    /// Who gets the documents of this call besides the subscribers of the engine.
    let sinks: [any DocumentSink]
}

extension EngineContext {
    func openRun(metadata: JSONObject, key: RunKey?) throws -> Response {
        guard !runs.contains(where: { $0.key == key }) else {
            throw IllegalMessageSequence(
                "A 'close_run' message was not received before the 'open_run' message: "
                    + (key.map { "a run with the key '\($0)' is open" } ?? "a run is open")
            )
        }
        var combined = try engine.engineMetadata.nextRun()
        combined["plan_type"] = "generator"
        combined["plan_name"] = .string(request.planName)
        combined = combined.merging(metadata).merging(request.metadata)
        try engine.configuration.metadataValidator?(combined)
        if let normalized = try engine.configuration.metadataNormalizer?(combined) { combined = normalized }
        let start = try RunStart(metadata: combined)
        let run = OpenRun(uid: start.uid, key: key, caller: caller)
        runs.append(run)
        runUIDs.append(start.uid)
        if let scanID = start.scanID { scanIDs.append(scanID) }
        try emit(.start(start))
        if engine.configuration.recordInterruptions { try emit(run.recordInterruptions()) }
        return .run(uid: start.uid)
    }

    func closeRun(exitStatus: ExitStatus?, reason: String?, key: RunKey?) throws -> Response {
        let run = try run(key, for: "close_run")
        try endMonitors(of: run)
        runs.removeAll { $0 === run }
        forgetMessages(of: key)
        try emit(.stop(run.stop(exitStatus: exitStatus ?? .success, reason: reason ?? "")))
        return .run(uid: run.uid)
    }

    func read(_ device: any Readable, key: RunKey?) async throws -> Readings {
        let readings = try await caller.ask(device) { try await device.read() }
        if let run = openRun(key) { try await run.add(readings, of: device) }
        return readings
    }

    /// The open run with this key.
    ///
    /// - Throws: ``IllegalMessageSequence`` if there is none.
    func run(_ key: RunKey?, for command: String) throws -> OpenRun {
        if let run = openRun(key) { return run }
        throw IllegalMessageSequence(
            "A '\(command)' message was sent but no run "
                + (key.map { "with the key '\($0)' " } ?? "") + "is open"
        )
    }

    private func openRun(_ key: RunKey?) -> OpenRun? {
        for run in runs where run.key == key { return run }
        return nil
    }
}
