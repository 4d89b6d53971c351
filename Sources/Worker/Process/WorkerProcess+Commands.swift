internal import EventModel
internal import Wire
internal import WorkerLink
internal import ZeroMQ

/// What the manager asks for.
extension WorkerProcess {
    func readCommands() -> Bool {
        var didAnything = false
        while let (id, command) = session?.receive() {
            didAnything = true
            do {
                let result = try carryOut(command)
                session?.update(state)
                session?.answer(id, .accepted(result))
            } catch {
                session?.answer(id, .refused(reason: "\(error)"))
            }
        }
        noteGreeting()
        if didAnything { exitIfDone() }
        return didAnything
    }

    private func carryOut(_ command: WorkerCommand) throws -> JSONObject {
        if case .permissions(let permissions) = command {
            userPermissions = permissions
            try environment?.setPermissions(permissions)
            return [:]
        }
        if case .ping = command { return [:] }
        guard let environment else { throw CommandRefused("The environment is not open yet") }
        switch command {
        case .runPlan(let item, _): try run(item, in: environment)
        case .startTask(let task): try start(task, in: environment)
        case .pause(let deferred): try environment.pause(deferred: deferred)
        case .resume: try environment.resume()
        case .stop: try environment.stop()
        case .abort: try environment.abort()
        case .halt: try environment.halt()
        case .lists: return ["plans": .object(environment.plans), "devices": .object(environment.devices)]
        case .metadata: return environment.metadata
        case .permissions, .ping: break
        case .close:
            guard state.runningItem == nil else {
                throw CommandRefused("The environment cannot be closed while a plan is running or paused")
            }
            guard state.environment != .executingTask else {
                throw CommandRefused("The environment cannot be closed while a foreground task is running")
            }
            state.environment = .closing
            beginEnd()
        }
        return [:]
    }

    private func run(_ item: JSONObject, in environment: Environment) throws {
        guard state.environment == .idle, state.runningItem == nil else {
            throw CommandRefused(
                "Attempted to start a plan in '\(state.environment.rawValue)' environment state. Accepted state: 'idle'"
            )
        }
        guard let uid = item["item_uid"]?.string else { throw CommandRefused("The item has no UID") }
        state.environment = .executingPlan
        state.runningItem = uid
        environment.run(item, uid: uid)
    }

    private func start(_ task: WorkerTask, in environment: Environment) throws {
        guard !isEnding else { throw CommandRefused("The environment is being closed") }
        if !task.runsInBackground {
            guard state.environment == .idle, state.runningItem == nil else {
                throw CommandRefused(
                    "Attempted to start a foreground task in '\(state.environment.rawValue)' environment state. "
                        + "Accepted state: 'idle'"
                )
            }
            state.environment = .executingTask
        }
        let running = RunningTask(uid: task.uid, timeStart: timestampNow(), runsInBackground: task.runsInBackground)
        state.tasks.append(running)
        tasks[task.uid] = environment.start(task, at: running.timeStart)
    }
}
