internal import EventModel
internal import Wire

extension EngineContext {
    /// Carries a command out and returns the answer.
    func execute(_ message: Message) async throws -> Response {
        let key = message.run
        switch message.command {
        case .null: return .null
        case .openRun(let metadata): return try openRun(metadata: metadata, key: key)
        case .closeRun(let exitStatus, let reason):
            return try closeRun(exitStatus: exitStatus, reason: reason, key: key)
        case .create(let stream): try run(key, for: "create").create(stream: stream)
        case .read(let device): return .readings(try await read(device, key: key))
        case .save: for document in try run(key, for: "save").save() { try emit(document) }
        case .drop: try run(key, for: "drop").drop()
        case .set(let device, let setpoint, let group): return .status(try await set(device, setpoint, group))
        case .trigger(let device, let group):
            return .status(tracked(try await caller.ask(device) { try await device.trigger() }, group))
        case .stage(let device, let group): return try await stage(device, group)
        case .unstage(let device, let group): return try await unstage(device, group)
        case .stop(let device): try await caller.ask(device) { try await device.stop(success: true) }
        case .wait(let wait): return .bool(try await self.wait(wait))
        case .sleep(let seconds): try await sleep(seconds)
        case .checkpoint: try await checkpoint()
        case .clearCheckpoint: clearCheckpoint()
        case .rewindable(let flag): return .bool(setRewindable(flag))
        case .pause(let deferred): try control.requestPause(deferred: deferred)
        default: return try await executeRare(message)
        }
        return .null
    }

    /// The commands that do not come with every point of a scan.
    private func executeRare(_ message: Message) async throws -> Response {
        let key = message.run
        switch message.command {
        case .declareStream(let devices, let name, let collect):
            let run = try run(key, for: "declare_stream")
            let descriptor = try await run.declare(stream: name, devices, collect: collect)
            try emit(.descriptor(descriptor))
            return .descriptor(descriptor)
        case .monitor(let device, let stream): try await monitor(device, stream: stream, key: key)
        case .unmonitor(let device): try unmonitor(device, key: key)
        case .collect(let devices, let stream, let returnsPayload):
            let pages = try await collect(devices, stream: stream, key: key)
            return returnsPayload ? .pages(pages) : .null
        case .prepare(let device, let value, let group):
            return .status(tracked(try await caller.ask(device) { try await device.prepare(value) }, group))
        case .kickoff(let device, let group):
            return .status(try await kickoff(device, group, key: key))
        case .complete(let device, let group):
            return .status(tracked(try await caller.ask(device) { try await device.complete() }, group))
        case .configure(let device, let settings): return try await configure(device, settings, key: key)
        case .locate(let devices):
            var locations: [Location] = []
            for device in devices { locations.append(try await caller.ask(device) { try await device.locate() }) }
            return .locations(locations)
        case .waitFor(let statuses, let timeout): try await wait(for: statuses, timeout: timeout)
        case .input(let prompt): return .text(try await input(prompt))
        case .subscribe(let sink, let name):
            resetCheckpoint()
            return .token(engine.dispatcher.subscribe(sink, to: name, isTemporary: true))
        case .unsubscribe(let token):
            resetCheckpoint()
            guard engine.dispatcher.unsubscribe(token) else { throw UnknownSubscription(token: token) }
        case .installSuspender(let suspender): try await engine.install(suspender)
        case .removeSuspender(let suspender): engine.remove(suspender)
        case .engineClass: return .text("RunEngine")
        case .custom(let command): return try await custom(command)
        default: throw InvalidCommand(name: message.command.name)
        }
        return .null
    }

    private func custom(_ command: CustomCommand) async throws -> Response {
        guard let handler = engine.configuration.commands[command.name] else {
            throw InvalidCommand(name: command.name)
        }
        return try await handler(command)
    }

    private func configure(
        _ device: any Reconfigurable,
        _ settings: JSONObject,
        key: RunKey?
    ) async throws -> Response {
        guard !runs.contains(where: { $0.key == key && $0.isBundling }) else {
            throw IllegalMessageSequence(
                "'\(device.name)' cannot be configured after 'create' and before 'save' or 'drop'"
            )
        }
        let (old, new) = try await caller.ask(device) { try await device.configure(settings) }
        for run in runs {
            for document in try await run.reconfigure(device) { try emit(document) }
        }
        return .configured(old: old, new: new)
    }

    private func collect(_ devices: [any Collectable], stream: String?, key: RunKey?) async throws -> [EventPage] {
        let documents = try await run(key, for: "collect").collect(devices, stream: stream)
        var pages: [EventPage] = []
        for document in documents {
            try emit(document)
            if case .eventPage(let page) = document { pages.append(page) }
        }
        return pages
    }
}
