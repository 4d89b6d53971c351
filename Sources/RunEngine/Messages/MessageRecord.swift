internal import EventModel
public import Wire

/// A message as data, in bluesky's form: for dry runs, logs and comparisons.
public struct MessageRecord: Sendable, Hashable {
    /// The name of the command.
    public let command: String
    /// The name of the device, if there is one.
    public let device: String?
    /// The positional arguments.
    public let arguments: [JSONValue]
    /// The arguments by name; those with their usual value are left out.
    public let keywords: JSONObject
    /// The key of the run.
    public let run: RunKey?

    /// The record of a message.
    public init(_ message: Message) {
        let command = message.command
        self.command = command.name
        device = command.device?.name
        arguments = command.positionalArguments
        keywords = command.keywordArguments
        run = message.run
    }

    /// The record in a line for people, for example `set motor1 2.5`. Groups, which mean little to people, are left out.
    public var line: String {
        var words = [command]
        if let device { words.append(device) }
        words += arguments.map(\.encodedText)
        words += keywords.filter { $0.key != "group" && !$0.value.isNull }.map { "\($0.key)=\($0.value.encodedText)" }
        if let run { words.append("[run \(run)]") }
        return words.joined(separator: " ")
    }

    /// The record as `[command, device, arguments, keywords, run]`.
    public var json: JSONValue {
        [
            .string(command), JSONValue(device), .array(arguments), .object(keywords), JSONValue(run),
        ]
    }
}

extension Command {
    fileprivate var positionalArguments: [JSONValue] {
        switch self {
        case .set(_, let setpoint, _): [setpoint]
        case .declareStream(let devices, _, _): devices.map { .string($0.name) }
        case .collect(let devices, _, _): devices.dropFirst().map { .string($0.name) }
        case .prepare(_, let value, _): [value]
        case .configure(_, let settings): [.object(settings)]
        case .locate(let devices) where devices.count != 1: devices.map { .string($0.name) }
        case .sleep(let seconds): [.double(seconds)]
        case .rewindable(let flag): [flag.map(JSONValue.bool) ?? .null]
        default: []
        }
    }

    fileprivate var keywordArguments: JSONObject {
        switch self {
        case .openRun(let metadata): return metadata
        case .closeRun(let exitStatus, let reason):
            var keywords: JSONObject = [:]
            if let exitStatus { keywords["exit_status"] = .string(exitStatus.rawValue) }
            if let reason { keywords["reason"] = .string(reason) }
            return keywords
        case .create(let stream): return ["name": .string(stream)]
        case .declareStream(_, let name, let collect): return ["name": .string(name), "collect": .bool(collect)]
        case .monitor(_, let stream): return stream.map { ["name": .string($0)] } ?? [:]
        case .collect(_, let stream, let returnsPayload):
            var keywords: JSONObject = stream.map { ["name": .string($0)] } ?? [:]
            if !returnsPayload { keywords["return_payload"] = false }
            return keywords
        case .prepare(_, _, let group), .kickoff(_, let group), .complete(_, let group), .set(_, _, let group),
            .trigger(_, let group), .stage(_, let group), .unstage(_, let group):
            return group.map { ["group": .string($0)] } ?? [:]
        case .wait(let wait):
            var keywords: JSONObject = ["group": JSONValue(wait.group)]
            if let timeout = wait.timeout { keywords["timeout"] = .double(timeout) }
            if !wait.errorOnTimeout { keywords["error_on_timeout"] = false }
            if !wait.watch.isEmpty { keywords["watch"] = .array(wait.watch.map { JSONValue($0) }) }
            return keywords
        case .pause(let deferred): return deferred ? ["defer": true] : [:]
        case .waitFor(_, let timeout): return timeout.map { ["timeout": .double($0)] } ?? [:]
        case .input(let prompt): return ["prompt": .string(prompt)]
        case .subscribe(_, let name): return ["name": .string(name?.rawValue ?? "all")]
        case .unsubscribe(let token): return ["token": .integer(token.number)]
        case .installSuspender(let suspender), .removeSuspender(let suspender):
            return ["suspender": .string(suspender.signal.name)]
        case .custom(let command): return command.arguments
        default: return [:]
        }
    }
}
