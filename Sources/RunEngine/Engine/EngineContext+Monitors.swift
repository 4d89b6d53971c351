internal import EventModel

extension EngineContext {
    func monitor(_ device: any Subscribable, stream: String?, key: RunKey?) async throws {
        monitorCount += 1
        let run = try run(key, for: "monitor")
        try emit(try await run.monitor(device, stream: stream, number: monitorCount))
        resetCheckpoint()
    }

    func unmonitor(_ device: any Subscribable, key: RunKey?) throws {
        let run = try run(key, for: "unmonitor")
        try record(control.takeHeard())
        try run.unmonitor(device)
        resetCheckpoint()
    }

    /// Emits what monitors have heard.
    func record(_ readings: [MonitorReading]) throws {
        for reading in readings {
            for run in runs {
                guard let event = try run.event(of: reading) else { continue }
                try emit(event)
                break
            }
        }
    }

    /// Takes the monitors of a run off for good, after the last that they have heard was recorded.
    func endMonitors(of run: OpenRun) throws {
        for monitor in run.monitors { monitor.stop() }
        try record(control.takeHeard())
        run.monitors = []
    }

    /// Takes all monitors off until ``resumeMonitors()``.
    func pauseMonitors() {
        for run in runs {
            for monitor in run.monitors { monitor.stop() }
        }
    }

    func resumeMonitors() async throws {
        for run in runs {
            for monitor in run.monitors { try await monitor.resume(caller) }
        }
    }

    /// Records an interruption in each run, if the engine does so.
    func recordInterruption(_ text: String) throws {
        for run in runs {
            if let event = run.interruption(text) { try emit(event) }
        }
    }
}
