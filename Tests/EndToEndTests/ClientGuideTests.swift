import QueueClient
import Synchronization
import Testing
import Wire

/// The programs of docs/client.md, as they stand there.
@Suite struct ClientGuideTests {
    /// Each function below is a block of the guide. Comparing them keeps the guide true.
    @Test func `the blocks of the guide are those of this file`() throws {
        let guide = blocks(in: try readText(of: repositoryFolder + "/docs/client.md"))
        let source = try readText(of: #filePath).lines
        #expect(guide.count == 5)
        for block in guide.dropFirst() where !block.contains("configuration.user = \"night-shift\"") {
            let wanted = block.lines
            let isThere = source.indices.contains { start in
                start + wanted.count <= source.count && Array(source[start..<(start + wanted.count)]) == wanted
            }
            #expect(isThere, "not in this file:\n\(block)")
        }
    }

    /// The blocks of Swift, without the indentation of lines.
    private func blocks(in text: String) -> [String] {
        text.split(separator: "```").filter { $0.hasPrefix("swift\n") }.map { String($0.dropFirst(6)) }
    }

    @Test func `the programs of the guide do what it says`() async throws {
        try await TestManager.run(state: try TemporaryFolder()) { manager in
            let printed = Printed()
            try await Programs(configuration: manager.client.configuration, printed: printed).first()
            #expect(printed.lines == ["count completed", "scan completed"])
            printed.clear()
            try await Programs(configuration: manager.client.configuration, printed: printed).follow(manager.client)
            #expect(printed.lines.last == "completed")
            printed.clear()
            try await Programs(configuration: manager.client.configuration, printed: printed).plans(manager.client)
            #expect(printed.lines.first == "detectors, num=1, delay=0.0, *, per_shot=None, md=None")
            #expect(printed.lines.count == 2)
        }
    }
}

private final class Printed: Sendable {
    private let content = Mutex<[String]>([])
    var lines: [String] { content.withLock { $0 } }

    func add(_ line: String) { content.withLock { $0.append(line) } }

    func clear() { content.withLock { $0 = [] } }
}

private struct Programs {
    let configuration: ClientConfiguration
    let printed: Printed

    /// Takes the place of the `print` of a program.
    private func print(_ parts: Any...) { printed.add(parts.map { "\($0)" }.joined(separator: " ")) }

    func first() async throws {
        let client = try QueueClient(configuration)
        if try await !client.status().workerEnvironmentExists {
            try await client.environmentOpen()
            try await client.waitForEnvironment()
        }
        let items = try await client.queueItemAddBatch([
            .plan("count", [["det1", "det2"]], keywordArguments: ["num": 3]),
            .plan("scan", [["det1"], "motor", -1, 1, 5]),
        ])
        try await client.queueStart()
        try await client.waitForIdle(timeout: .seconds(60))
        let history = try await client.historyGet()
        for item in items {
            let entry = history.first { $0.uid == item.uid }
            print(item.name, entry?.result?.exitStatus ?? "not done")
        }
    }

    func follow(_ client: QueueClient) async throws {
        let item = try await client.queueItemExecute(.plan("count", [["det1"]]))
        for await update in try client.itemUpdates(item.uid ?? "") {
            switch update {
            case .queued(let itemsBefore): print("\(itemsBefore) items before it")
            case .running: print("running")
            case .paused: try await client.reResume()
            case .ended(let entry): print(entry.result?.exitStatus ?? "unknown")
            case .removed: print("removed")
            case .lost(let error): print(error)
            }
        }
    }

    func plans(_ client: QueueClient) async throws {
        let plans = try await client.plansAllowed()
        if let description = plans["count"]?.object.map(PlanDescription.init) {
            print(description.signature)
            for parameter in description.parameters where parameter.isRequired {
                print(parameter.name, parameter.type ?? "any value", parameter.text)
            }
        }
    }
}

extension String {
    /// The lines that are not empty, without their indentation.
    fileprivate var lines: [String] {
        split(separator: "\n").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
}
