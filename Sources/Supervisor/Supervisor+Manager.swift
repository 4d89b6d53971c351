internal import Glibc
internal import Logging
internal import SupervisorLink
internal import Wire
internal import ZeroMQ

// The manager: it is started again when it ends or hangs.
extension Supervisor {
    private static let heartbeatLimit = Duration.seconds(5)

    /// Ends a manager that has said nothing for five seconds; its end leads to a new one.
    func watchHeartbeat() {
        Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                // Beats that came while this process itself was stopped are no silence.
                while readManager() {}
                guard let manager, lastBeat.duration(to: .now) > Supervisor.heartbeatLimit else { continue }
                log.error("The manager has not answered for 5 s; it is ended.")
                lastBeat = .now
                manager.send(signal: SIGKILL)
            }
        }
    }

    func startManager() {
        guard let ends = LineChannel.makeDescriptors() else {
            log.critical("No descriptor is left for the link to the manager.")
            giveUp(code: 1)
            return
        }
        channel = LineChannel(descriptor: ends.mine)
        channelWatch = loop.watch(ends.mine) { [self] in assumeIsolated { $0.readManager() } }
        var settings = settings
        settings.isReplacement = isManagerReplaced
        isManagerReplaced = true
        lastBeat = .now
        let program = ChildProcess(
            path: executableDirectory + "/re-manager",
            arguments: ["--settings", settings.json.encodedText],
            input: ends.theirs
        )
        defer { close(ends.theirs) }
        do {
            let process = try program.start()
            manager = process
            record.manager = process.identity
            watch(process) { $0.managerEnded($1) }
            tell(worker.map { .workerRuns(WorkerProcess(pid: $0.pid, endpoint: workerEndpoint)) } ?? .noWorker)
        } catch {
            log.critical("\(error)")
            managerIsGone(because: "\(error)", code: 1, canStart: false)
        }
    }

    private func managerEnded(_ end: ProcessEnd) {
        while readManager() {}
        manager = nil
        record.manager = nil
        let cannotStart = end == .exited(Int(Supervisor.configurationExitCode))
        if managerSaidStop || isStopping {
            closeChannel()
            endWhenWorkerHasEnded(code: end == .exited(0) ? 0 : 1)
        } else {
            managerIsGone(
                because: end.description,
                code: cannotStart ? Supervisor.configurationExitCode : 1,
                canStart: !cannotStart
            )
        }
    }

    private func closeChannel() {
        if let channelWatch { loop.unwatch(channelWatch) }
        channelWatch = nil
        channel = nil
    }

    /// Starts another manager, or gives up with this exit code.
    private func managerIsGone(because reason: String, code: Int32, canStart: Bool) {
        closeChannel()
        guard canStart || hasManagerWorked else {
            giveUp(code: code)
            return
        }
        guard restartLimit.allowsRestart(at: .now) else {
            log.critical(
                """
                The manager has ended \(restartLimit.count + 1) times within 60 s, the last time because \(reason); it \
                is not started again.
                """
            )
            giveUp(code: code)
            return
        }
        log.error("The manager has ended unexpectedly: \(reason). Another one is started.")
        // What stands in the way of one that could not start, such as a full disk, may pass.
        canStart ? startManager() : startManagerLater()
    }

    private func startManagerLater() {
        Task {
            try? await Task.sleep(for: .seconds(1))
            if !isStopping { startManager() }
        }
    }

    func readManager() -> Bool {
        guard case .lines(let lines) = channel?.receive() else { return false }
        for line in lines {
            switch SupervisorRequest(encoded: line) {
            case .startWorker: startWorker()
            case .killWorker: killWorker()
            case .endWorker: endWorker()
            case .beat:
                hasManagerWorked = true
                lastBeat = .now
            case .stop: managerSaidStop = true
            case nil: log.error("The manager said something unknown: \(String(decoding: line, as: UTF8.self))")
            }
        }
        return !lines.isEmpty
    }
}
