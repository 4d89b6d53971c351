import Wire

/// Version of the protocol; both sides name theirs in the first message.
let linkProtocolVersion = 1

/// A message from the manager to the worker.
enum MessageToWorker: Equatable {
    /// The first one of a session, with the process id of the supervisor that now looks after the worker.
    case hello(version: Int, supervisor: Int?)
    case command(id: Int, WorkerCommand)
    /// A command that this version does not know.
    case unknown(id: Int)
    /// The report of this number, and all before it, are safe with the manager.
    case acknowledge(through: Int)

    var encoded: [UInt8] {
        switch self {
        case .hello(let version, let supervisor):
            (["type": "hello", "version": .integer(version), "supervisor": JSONValue(supervisor)] as JSONObject).encoded
        case .command(let id, let command):
            (["type": "command", "id": .integer(id)] as JSONObject).merging(command.json).encoded
        case .unknown(let id): (["type": "command", "id": .integer(id)] as JSONObject).encoded
        case .acknowledge(let number): (["type": "acknowledge", "number": .integer(number)] as JSONObject).encoded
        }
    }

    init?(encoded: [UInt8]) {
        guard let value = try? JSONValue(parsing: encoded) else { return nil }
        switch value["type"]?.string {
        case "hello":
            self = .hello(version: value["version"]?.integer ?? 0, supervisor: value["supervisor"]?.integer)
        case "command":
            guard let id = value["id"]?.integer else { return nil }
            self = WorkerCommand(value).map { .command(id: id, $0) } ?? .unknown(id: id)
        case "acknowledge":
            guard let number = value["number"]?.integer else { return nil }
            self = .acknowledge(through: number)
        default: return nil
        }
    }
}

/// A message from the worker to the manager.
enum MessageToManager: Equatable {
    /// The answer to hello.
    case welcome(version: Int, pid: Int, WorkerState)
    case state(WorkerState)
    case report(number: Int, WorkerReport)
    case answer(id: Int, WorkerAnswer)
    /// A piece of console output.
    case console(String)
    /// How far the devices are that the plan waits for; empty when the wait is over.
    case progress([JSONValue])

    var encoded: [UInt8] {
        let members: JSONObject =
            switch self {
            case .welcome(let version, let pid, let state):
                (["type": "welcome", "version": .integer(version), "pid": .integer(pid)] as JSONObject).merging(
                    state.json
                )
            case .state(let state): (["type": "state"] as JSONObject).merging(state.json)
            case .report(let number, let report):
                (["type": "report", "number": .integer(number)] as JSONObject).merging(report.json)
            case .answer(let id, .accepted(let result)):
                ["type": "answer", "id": .integer(id), "success": true, "result": .object(result)]
            case .answer(let id, .refused(let reason)):
                ["type": "answer", "id": .integer(id), "success": false, "msg": .string(reason)]
            case .console(let text): ["type": "console", "text": .string(text)]
            case .progress(let devices): ["type": "progress", "devices": .array(devices)]
            }
        return members.encoded
    }

    init?(encoded: [UInt8]) {
        guard let value = try? JSONValue(parsing: encoded) else { return nil }
        switch value["type"]?.string {
        case "welcome":
            guard let state = WorkerState(value), let pid = value["pid"]?.integer else { return nil }
            self = .welcome(version: value["version"]?.integer ?? 0, pid: pid, state)
        case "state":
            guard let state = WorkerState(value) else { return nil }
            self = .state(state)
        case "report":
            guard let number = value["number"]?.integer, let report = WorkerReport(value) else { return nil }
            self = .report(number: number, report)
        case "answer":
            guard let id = value["id"]?.integer, let success = value["success"]?.bool else { return nil }
            self = .answer(
                id: id,
                success
                    ? .accepted(value["result"]?.object ?? [:])
                    : .refused(reason: value["msg"]?.string ?? "the worker gave no reason")
            )
        case "console":
            guard let text = value["text"]?.string else { return nil }
            self = .console(text)
        case "progress":
            guard let devices = value["devices"]?.array else { return nil }
            self = .progress(devices)
        default: return nil
        }
    }
}
