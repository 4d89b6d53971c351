extension EngineContext {
    // MARK: Checkpoints

    func checkpoint() async throws {
        guard !runs.contains(where: \.isBundling) else {
            throw IllegalMessageSequence("Cannot 'checkpoint' after 'create' and before 'save'. Aborting!")
        }
        resetCheckpoint()
        guard control.isDeferredPauseRequested else { return }
        try await sleep(engine.configuration.deferredPauseGrace)
        // An end that was asked for meanwhile counts more; it is told when the message ends.
        try? control.requestPause(deferred: false)
    }

    /// What came before need not be repeated after a pause.
    func resetCheckpoint() {
        guard cache.isResumable else { return }
        cache.reset()
        for run in runs { run.saveNumbers() }
    }

    /// Nothing about a run that is closed can be carried out again.
    func forgetMessages(of key: RunKey?) {
        if runs.contains(where: \.isBundling) {
            // Another run has an event open, which a replay would have to begin anew.
            cache.remove { $0.run == key && $0.command.needsRun }
        } else {
            resetCheckpoint()
        }
    }

    func clearCheckpoint() {
        cache.clear()
        for run in runs { run.clearSavedNumbers() }
    }

    func setRewindable(_ flag: Bool?) -> Bool {
        if let flag, flag != engine.isRewindable {
            engine.isRewindable = flag
            resetCheckpoint()
        }
        return engine.isRewindable
    }

    // MARK: Requests

    /// Does what has been asked for: pauses until the plan is resumed, or throws what ends it.
    func settle() async throws {
        while let duty = control.takeDuty() {
            switch duty {
            case .raise(let error): throw error
            case .record(let readings): try record(readings)
            case .pause: try await pause()
            case .suspend(let suspensions): try await suspend(suspensions)
            }
        }
    }

    private func pause() async throws {
        do {
            try recordInterruption("pause")
            guard cache.isResumable else { throw FailedPause() }
            pauseMonitors()
            await stopTouched()
            try await pauseDevices()
        } catch {
            control.pauseFailed()
            throw error
        }
        guard control.pauseTaken() else { return }
        while await control.waitForResume() {
            let messages = rewind()
            do {
                try await resumeAllDevices()
                try await resumeMonitors()
            } catch {
                pauseMonitors()
                cache.restore(messages)
                control.resumeFailed()
                engine.configuration.report?("A device could not be resumed, the plan stays paused: \(error)")
                continue
            }
            guard control.resumeTaken() else { return }
            try recordInterruption("resume")
            try await holdWhileSuspended()
            return try await replay(messages)
        }
    }

    func pauseDevices() async throws {
        for device in pausables {
            do {
                try await caller.insist(device) { try await device.pause() }
            } catch is NoReplayAllowed {
                resetCheckpoint()
            }
        }
    }

    func resumeAllDevices() async throws {
        for device in pausables { try await caller.insist(device) { try await device.resume() } }
    }

    // MARK: Rewinding

    /// Goes back to the last checkpoint. Returns the messages since then.
    func rewind() -> [Message] {
        let messages = cache.take()
        if !messages.isEmpty {
            for run in runs { run.rewind() }
        }
        return messages
    }

    /// Carries the messages out again. They are kept again too, so that another pause loses none of them.
    func replay(_ messages: [Message]) async throws {
        for message in messages { _ = try await send(message) }
        for run in runs { run.endRewinding() }
    }
}
