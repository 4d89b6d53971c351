import EngineTestSupport
import EventModel
import Glibc
import RunEngine
import Wire

/// One entry of golden_plans.json: the messages and documents of a plan as bluesky makes them.
struct GoldenCase: Sendable {
    let messages: [JSONValue]
    let start: JSONValue?
    let descriptors: [JSONValue]
    let stop: JSONValue?
    let documentNames: [String]
    let events: [JSONValue]

    init(_ name: String) throws {
        let golden = try recording("golden_plans.json")
        guard let entry = golden[name]?.object else { throw MissingCase(name: name) }
        messages = entry["messages"]?.array ?? []
        start = entry["start"]?.array?.first
        descriptors = entry["descriptor"]?.array ?? []
        stop = entry["stop"]?.array?.first
        documentNames = entry["doc_names"]?.array?.compactMap(\.string) ?? []
        events = entry["events"]?.array ?? []
    }

    struct MissingCase: Error {
        let name: String
    }
}

/// Commands, stubs, preprocessors and plans as bluesky has them.
func goldenBuildingBlocks() throws -> JSONValue { try recording("golden_building_blocks.json") }

private func recording(_ name: String) throws -> JSONValue {
    let directory = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    return try JSONValue(parsing: readFile("/\(directory)/Resources/\(name)"))
}

private func readFile(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw GoldenCase.MissingCase(name: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { return bytes }
        bytes.append(contentsOf: chunk.prefix(count))
    }
}

// MARK: Comparison

/// Messages in a form in which those of both engines are equal: usual arguments left out, groups numbered by their
/// first appearance, times of sleeps and metadata left out, neighbouring stages (and unstages) sorted.
func comparableMessages(_ messages: [JSONValue]) -> [String] {
    var groups: [String: Int] = [:]
    var result: [String] = []
    for message in messages {
        guard let parts = message.array, parts.count == 5, let command = parts[0].string else { continue }
        var keywords = command == "open_run" ? [:] : parts[3].object ?? [:]
        let usual: JSONObject = [
            "error_on_timeout": true, "timeout": nil, "watch": [], "exit_status": nil, "reason": nil, "group": nil,
            "defer": false, "stream": false, "return_payload": true, "name": nil,
        ]
        for (key, value) in usual where keywords[key] == value { keywords[key] = nil }
        if command == "stage" || command == "unstage" { keywords["group"] = nil }
        var arguments = command == "sleep" ? [] : parts[2]
        // The group of a wait may stand in either place.
        if command == "wait", let group = arguments.array?.first {
            keywords["group"] = group
            arguments = []
        }
        if let group = keywords["group"]?.string {
            // In the recording a group has a number, except where it stands among the arguments.
            let name = group.hasSuffix("(B)") ? "B" : group
            let number = groups[name] ?? groups.count
            groups[name] = number
            keywords["group"] = .string("G\(number)")
        }
        result.append(comparable([parts[0], parts[1], arguments, .object(keywords), parts[4]]).encodedText)
    }
    for command in ["stage", "unstage"] { sortRuns(of: "[\"\(command)\"", in: &result) }
    return result
}

private func sortRuns(of prefix: String, in lines: inout [String]) {
    var index = 0
    while index < lines.count {
        let end = lines[index...].firstIndex { !$0.hasPrefix(prefix) } ?? lines.count
        lines[index..<end].sort()
        index = max(end, index + 1)
    }
}

/// A value in a form in which those of both engines are equal: all numbers floating point and rounded to ten digits,
/// members in alphabetical order.
func comparable(_ value: JSONValue) -> JSONValue {
    switch value {
    case .integer, .bigInteger, .double:
        let number = value.number ?? .nan
        guard number != 0, number.isFinite else { return .double(number + 0) }
        let scale = pow(10, 10 - log10(abs(number)).rounded(.up))
        return .double((number * scale).rounded() / scale)
    case .array(let elements): return .array(elements.map(comparable))
    case .object(let members):
        return .object(JSONObject(members.map { ($0.key, comparable($0.value)) }.sorted { $0.0 < $1.0 }))
    default: return value
    }
}

/// A document without what differs from run to run.
func comparableDocument(_ document: JSONObject) -> JSONValue {
    var document = document
    for key in ["uid", "time", "run_start", "versions"] { document[key] = nil }
    if var configuration = document["configuration"]?.object {
        for (name, device) in configuration {
            var device = device.object ?? [:]
            device["timestamps"] = nil
            configuration[name] = .object(device)
        }
        document["configuration"] = .object(configuration)
    }
    return withoutLabels(comparable(.object(document)))
}

/// A start document with its motors and dimensions in alphabetical order, for plans whose motors come from a set.
func withSortedMotors(_ document: JSONValue) -> JSONValue {
    guard var members = document.object else { return document }
    let motors = members["motors"]?.array?.compactMap(\.string) ?? []
    members["motors"] = JSONValue(motors.sorted())
    if var hints = members["hints"]?.object, let dimensions = hints["dimensions"]?.array {
        hints["dimensions"] = .array(dimensions.sorted { $0.encodedText < $1.encodedText })
        members["hints"] = .object(hints)
    }
    return .object(members)
}

/// Replaces what stands for devices among the arguments of a plan, which is free text, and references to files.
func withoutLabels(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text) where text.hasSuffix(")"): "<device>"
    case .string(let text) where text.count > 37 && text.dropFirst(36).hasPrefix("/"): "<datum>"
    case .array(let elements): .array(elements.map(withoutLabels))
    case .object(let members): .object(members.mapValues(withoutLabels))
    default: value
    }
}
