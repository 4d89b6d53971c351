internal import Wire

extension EngineContext {
    func set(_ device: any Movable, _ setpoint: JSONValue, _ group: Group) async throws -> Status {
        touched.insert(device)
        let question = { @Sendable in try await device.set(setpoint) }
        return tracked(try await caller.ask(device, question, late: stopper(of: device)), group)
    }

    func kickoff(_ device: any Flyable, _ group: Group, key: RunKey?) async throws -> Status {
        let run = try run(key, for: "kickoff")
        let question = { @Sendable in try await device.kickoff() }
        let status = tracked(try await caller.ask(device, question, late: stopper(of: device)), group)
        run.flying.insert(device)
        return status
    }

    /// Stops a device that begins when nobody expects it any more. Should the plan have gone on meanwhile and asked it
    /// again, that fails.
    private func stopper(of device: any Device) -> @Sendable (Status) -> Void {
        { [report = engine.configuration.report] _ in
            guard let device = device as? any Stoppable else { return }
            report?("\(device.name) answered after it had been given up, and is stopped")
            Task { try? await device.stop(success: false) }
        }
    }

    func stage(_ device: any Device, _ group: Group) async throws -> Response {
        guard let device = device as? any Stageable else { return .devices([]) }
        let staging = try await caller.ask(device) {
            try await device.stage()
        } givenUp: {
            perhapsStaged.insert(device)
        } late: { [control, call, report = engine.configuration.report] _ in
            // Until then the clean-up takes care of it.
            guard control.isCleaningUp(after: call) else { return }
            report?("\(device.name) answered after it had been given up, and is unstaged")
            Task { try? await device.unstage() }
        }
        staged.insert(device)
        resetCheckpoint()
        return response(to: staging, group)
    }

    func unstage(_ device: any Device, _ group: Group) async throws -> Response {
        guard let device = device as? any Stageable else { return .devices([]) }
        let staging = try await caller.ask(device) { try await device.unstage() }
        staged.remove(device)
        resetCheckpoint()
        return response(to: staging, group)
    }

    private func response(to staging: Staging, _ group: Group) -> Response {
        switch staging {
        case .done(let devices): return .devices(devices)
        case .pending(let status):
            track(status, group)
            return .status(status)
        }
    }

    /// Adds a status to a group and returns it.
    func tracked(_ status: Status, _ group: Group) -> Status {
        track(status, group)
        return status
    }

    /// Adds a status to a group. Should it fail, the plan is told at its next message, whatever it is doing then.
    func track(_ status: Status, _ group: Group) {
        groups[group, default: []].append(status)
        if status.isSuccessful { return }
        status.addCallback { [control, call] status in
            if !status.isSuccessful { control.statusFailed(FailedStatus(status: status), call: call) }
        }
    }

    /// Stops all that was moved in this call. What cannot be stopped is reported and left.
    func stopTouched() async {
        for device in touched.devices {
            guard let stoppable = device as? any Stoppable else { continue }
            do {
                try await caller.insist(stoppable) { try await stoppable.stop(success: true) }
            } catch {
                engine.configuration.report?("\(device.name) could not be stopped: \(error)")
            }
        }
    }

    /// Unstages all that is still staged. What cannot be unstaged is reported and left.
    func unstageAll() async {
        for device in perhapsStaged.removeAll() { staged.insert(device) }
        for device in staged.removeAll() {
            do {
                _ = try await caller.insist(device) { try await device.unstage() }
            } catch {
                engine.configuration.report?("\(device.name) could not be unstaged: \(error)")
            }
        }
    }
}
