extension EngineContext {
    /// Holds the plan until everything that suspended it is good again, and goes back to the last checkpoint.
    func suspend(_ suspensions: [Suspension]) async throws {
        guard cache.isResumable else {
            engine.configuration.report?("No checkpoint; cannot suspend.")
            control.suspensionFailed()
            throw FailedPause()
        }
        control.suspensionTaken()
        try recordInterruption(suspensions.map(\.justification).joined(separator: "; "))
        await stopTouched()
        try await pauseDevices()
        let messages = rewind()
        try await hold(suspensions)
        try await resumeAllDevices()
        try await replay(messages)
    }

    /// Waits until nothing that is installed suspends plans: before a plan, and when it is resumed.
    func holdWhileSuspended() async throws {
        while case let suspensions = engine.suspensions, !suspensions.isEmpty {
            for suspension in suspensions {
                engine.configuration.report?("The plan waits for a suspender.  \(suspension.justification)")
            }
            try await hold(suspensions)
        }
    }

    /// Does what is to be done before, waits, and does what is to be done after. A pause in between does not end the
    /// wait: what holds the plan holds it still when it is resumed.
    private func hold(_ suspensions: [Suspension]) async throws {
        let wasRewindable = engine.isRewindable
        engine.isRewindable = false
        defer { engine.isRewindable = wasRewindable }
        for suspension in suspensions { _ = try await suspension.prePlan?(self) }
        let gates = suspensions.map(\.gate)
        while gates.contains(where: { !$0.isDone }) { _ = try await send(Message(.waitFor(gates, timeout: nil))) }
        for suspension in suspensions { _ = try await suspension.postPlan?(self) }
    }
}
