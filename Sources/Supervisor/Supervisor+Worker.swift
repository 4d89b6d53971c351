internal import Glibc
internal import Logging
internal import SupervisorLink
internal import ZeroMQ

// The worker: it is started when the manager asks for one, or adopted.
extension Supervisor {
    func startWorker() {
        guard worker == nil else {
            tell(.workerNotStarted(reason: "a worker is running already"))
            return
        }
        workersStarted += 1
        let endpoint = runtime.workerEndpoint(number: workersStarted)
        var (path, arguments) =
            switch settings.worker {
            case .native(let worker): (worker.executable ?? executableDirectory + "/re-worker", worker.arguments)
            case .python(let worker): (worker.interpreter, worker.arguments)
            }
        arguments += ["--endpoint", endpoint] + settings.startup.workerOption
        arguments += ["--state-dir", settings.stateDirectory, "--log-level", settings.logLevel]
        if let directory = settings.documentsDirectory { arguments += ["--documents-dir", directory] }
        if let seconds = limits.adoptionWait { arguments += ["--adoption-wait", String(seconds)] }
        runtime.workerErrors.setAside()
        let program = ChildProcess(
            path: path,
            arguments: arguments,
            variable: StrayPrograms.variable(workerEndpoint: endpoint),
            withheldVariables: Supervisor.secretVariables,
            errorPath: runtime.workerErrors.path
        )
        do {
            let process = try program.start()
            look(
                after: process,
                SupervisionRecord.Worker(
                    process: process.identity,
                    endpoint: endpoint,
                    startup: settings.startup.name
                )
            )
            tell(.workerRuns(WorkerProcess(pid: process.pid, endpoint: endpoint)))
        } catch {
            tell(.workerNotStarted(reason: "\(error)"))
        }
    }

    private func look(after process: ProcessHandle, _ noted: SupervisionRecord.Worker) {
        worker = process
        workerEndpoint = noted.endpoint
        shortage = MemoryShortage()
        record.worker = noted
        watch(process) { $0.workerEnded($1) }
    }

    /// Takes over the worker of an earlier supervisor.
    func adopt(_ found: SupervisionRecord.Worker, _ process: ProcessHandle) {
        log.warning("The worker \(process.pid) of an earlier supervisor is still running; it is taken over.")
        if found.startup != settings.startup.name {
            log.warning(
                """
                Its devices and plans are those of '\(found.startup)'; those of '\(settings.startup.name)' are used \
                when the environment is opened the next time.
                """
            )
        }
        workersStarted = RuntimeDirectory.workerNumber(endpoint: found.endpoint)
        isManagerReplaced = true
        look(after: process, found)
    }

    /// Keeps a worker that never stops complaining from filling the disk.
    func limitWorkerErrors() {
        Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                runtime.workerErrors.shorten()
            }
        }
    }

    func killWorker() {
        guard let worker else {
            tell(.workerNotStarted(reason: "no worker is running"))
            return
        }
        worker.send(signal: SIGKILL)
    }

    func endWorker() {
        guard let worker else {
            killWorker()
            return
        }
        worker.send(signal: SIGTERM)
        Task {
            try? await Task.sleep(for: .seconds(5))
            guard self.worker === worker else { return }
            log.error("The worker has not ended in 5 s; it is killed.")
            worker.send(signal: SIGKILL)
        }
    }

    private func workerEnded(_ end: ProcessEnd) {
        let pid = worker?.pid ?? 0
        worker = nil
        record.worker = nil
        let strays = StrayPrograms(workerEndpoint: workerEndpoint)
        Task { await strays.reap() }
        let exit = WorkerExit(
            code: end.code,
            signal: end.signal,
            output: end == .exited(0) ? "" : runtime.workerErrors.tail,
            memoryRanOut: shortage.hasOccurred
        )
        tell(.workerExited(pid: pid, exit))
        if let exitCode { endWhenWorkerHasEnded(code: exitCode) }
    }
}
