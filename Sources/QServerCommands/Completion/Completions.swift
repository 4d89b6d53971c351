internal import ArgumentParser
internal import QueueClient
internal import Wire

extension CompletionKind {
    /// Names that only the manager knows, or words that depend on those before. ``CompletionRequest`` answers before the
    /// arguments are parsed, because the manager's answer takes time.
    static var byWords: CompletionKind { .custom { _, _, _ in [] } }
}

/// What the completion scripts ask: `---completion <subcommand>… -- <argument> <index> <cursor> <word>…`.
struct CompletionRequest {
    /// The subcommands, for example `queue`, `add`, `plan`.
    let path: [String]
    /// The option that is completed, or `positional@0` for an argument.
    let argument: String
    /// The words of the command line, the program's name first.
    let words: [String]
    /// Which of the words is completed.
    let index: Int

    /// Nil if the arguments are an ordinary command line.
    init?(_ arguments: [String]) {
        guard arguments.first == "---completion" else { return nil }
        let rest = arguments.dropFirst()
        path = Array(rest.prefix { $0 != "--" })
        let details = Array(rest.dropFirst(path.count + 1))
        argument = details.first ?? ""
        words = Array(details.dropFirst(3))
        index = details.count > 1 ? Int(details[1]) ?? words.count : words.count
    }

    /// The words before the one that is completed, without options and subcommands.
    private var before: [String] {
        Array(CommandLineWords(Array(words.prefix(index).dropFirst())).words.dropFirst(path.count))
    }

    private var current: String { words.indices.contains(index) ? words[index] : "" }

    /// What the word can become; nothing if the manager does not answer at once.
    func completions(environment: [String: String]) async -> [String] {
        let options = CommandLineWords(words).options
        guard !argument.hasSuffix("server") else {
            return ((try? ServerFile(environment: environment)) ?? nil)?.names ?? []
        }
        if let words = fixedWords { return words }
        guard let connection = try? ConnectionOptions.parse(options.connectionOptions),
            var configuration = try? connection.configuration(environment: environment)
        else { return [] }
        configuration.timeout = .milliseconds(300)
        guard let client = try? QueueClient(configuration) else { return [] }
        return (try? await names(from: client)) ?? []
    }

    /// The words that can come next, where no manager is needed to know them.
    private var fixedWords: [String]? {
        switch path.joined(separator: " ") {
        case "queue mode set":
            if !before.count.isMultiple(of: 2) { return ["True", "False"] }
            let names = stride(from: 0, to: before.count, by: 2).map { before[$0] }
            return (["loop", "ignore_failures"] + (names.isEmpty ? ["default"] : [])).filter { !names.contains($0) }
        case "manager stop": return before.isEmpty ? ["safe"] : before == ["safe"] ? ["on", "off"] : []
        case "queue add instruction" where !ItemPosition.wordsBeforeUID.contains(before.last ?? ""):
            return ["queue-stop"] + (before.isEmpty ? ItemPosition.words : [])
        case "queue item move" where before.count == 1: return ItemPosition.words
        default: return nil
        }
    }

    private func names(from client: QueueClient) async throws -> [String] {
        switch path.joined(separator: " ") {
        case "queue add plan", "queue add instruction":
            if before.count == 1, ItemPosition.wordsBeforeUID.contains(before[0]) { return try await queueUIDs(client) }
            fallthrough
        case "queue execute plan", "run":
            var rest = before[...]
            _ = try? ItemPosition(taking: &rest)
            return try await planWords(after: Array(rest), from: client)
        case "queue update plan", "queue replace plan":
            return before.isEmpty
                ? try await queueUIDs(client) : try await planWords(after: Array(before.dropFirst()), from: client)
        case "queue update instruction", "queue replace instruction", "queue item get", "queue item remove",
            "queue item move", "queue item release":
            return try await queueUIDs(client)
        case "history show", "history clear": return try await client.historyGet().suffix(50).compactMap(\.uid)
        case "allowed plans": return try await client.plansAllowed().keys
        case "allowed devices": return try await client.devicesAllowed().keys
        case "existing plans": return try await client.plansExisting().keys
        case "existing devices": return try await client.devicesExisting().keys
        default: return []
        }
    }

    private func queueUIDs(_ client: QueueClient) async throws -> [String] {
        try await client.queueGet().items.compactMap(\.uid)
    }

    /// The name of a plan, then devices and the names of parameters.
    private func planWords(after words: [String], from client: QueueClient) async throws -> [String] {
        let plans = try await client.plansAllowed()
        guard let name = words.first else { return plans.keys }
        let parameters = PlanDescription(plans[name]?.object ?? [:]).parameters
        let names = parameters.filter { $0.kind != .anyPositional && $0.kind != .anyKeyword }.map { $0.name + "=" }
        let devices = try await client.devicesAllowed().keys
        // In a list, and after the name of a parameter, the last part is completed.
        let start = current.lastIndex { $0 == "," || $0 == "=" }.map { current[...$0] } ?? ""
        return devices.map { start + $0 } + (start.isEmpty ? names : [])
    }
}

extension [String] {
    /// Those of the options that say where the manager is, each with its value.
    fileprivate var connectionOptions: [String] {
        let wanted: Set<String> = [
            "-a", "--zmq-control-addr", "--address", "--zmq-encoding", "--server", "--user-group",
            "--zmq-private-key-file",
        ]
        var result: [String] = []
        for (index, option) in enumerated() {
            if wanted.contains(option), index + 1 < count { result += [option, self[index + 1]] }
            if let name = option.split(separator: "=").first, option.contains("="), wanted.contains(String(name)) {
                result.append(option)
            }
        }
        return result
    }
}
