import FakeManager
import Synchronization
import Testing
import Wire

@testable import QueueClient

private func status(_ state: String, _ uid: String, environment: Bool = false) -> JSONObject {
    ["manager_state": .string(state), "status_uid": .string(uid), "worker_environment_exists": .bool(environment)]
}

private func client(of manager: FakeManager) throws -> QueueClient {
    var configuration = ClientConfiguration()
    configuration.controlAddress = manager.controlAddress
    configuration.infoAddress = manager.infoAddress
    configuration.timeout = .seconds(5)
    return try QueueClient(configuration)
}

/// Publishes again and again until the subscription is there, which only its first message shows.
private func publishing<Result: Sendable>(
    _ topic: String,
    _ message: JSONValue,
    from manager: FakeManager,
    while body: @Sendable () async throws -> Result
) async throws -> Result {
    let publisher = Task {
        while !Task.isCancelled {
            try await manager.publish(topic, message)
            try await Task.sleep(for: .milliseconds(2))
        }
    }
    defer { publisher.cancel() }
    return try await body()
}

@Suite struct FeedTests {
    @Test func `the progress of devices arrives, with what each of them tells`() async throws {
        let manager = try FakeManager()
        let client = try client(of: manager)
        let published: JSONValue = [
            "progress": [
                "item_uid": "one",
                "devices": [["name": "motor1", "current": 0.5, "target": 2, "unit": "mm", "fraction": 0.75], [:]],
            ]
        ]
        let first = try await publishing("QS_Info", published, from: manager) {
            var iterator = try client.messages([.status]).makeAsyncIterator()
            return await iterator.next()
        }
        guard case .progress(_, let progress)? = first else {
            Issue.record("\(String(describing: first))")
            return
        }
        #expect(progress.itemUID == "one")
        #expect(progress.devices.map(\.name) == ["motor1", nil])
        #expect(progress.devices[0].current == 0.5)
        #expect(progress.devices[0].target == 2)
        #expect(progress.devices[0].unit == "mm")
        #expect(progress.devices[0].fraction == 0.75)
        #expect(progress.devices[0].timeRemaining == nil)
    }

    @Test func `published statuses and console texts arrive`() async throws {
        let manager = try FakeManager()
        let client = try client(of: manager)
        let expected: JSONObject = status("idle", "1")
        let first = try await publishing("QS_Info", ["status": .object(expected)], from: manager) {
            var iterator = try client.messages([.status]).makeAsyncIterator()
            return await iterator.next()
        }
        #expect(first == .status(time: 1.5, ManagerStatus(expected)))
        let text = try await publishing("QS_Console", "hello", from: manager) {
            var iterator = try client.messages().makeAsyncIterator()
            return await iterator.next()
        }
        #expect(text == .console(time: 1.5, text: "hello"))
    }

    @Test(arguments: [
        [Array("QS_Info".utf8)], [[], []], [Array("QS_Info".utf8), [0xFF]], [Array("QS_Info".utf8), [0x7B, 0x7D]],
    ])
    func `rubbish on the publishing socket is passed over`(frames: [[UInt8]]) {
        #expect(ManagerMessage(frames: frames, encoding: .json) == nil)
    }

    @Test func `lines are made of pieces, and what a progress bar wrote over is left out`() {
        var assembler = LineAssembler()
        #expect(assembler.add("one") == [])
        #expect(assembler.add("\n") == ["one"])
        #expect(assembler.add("two\nthree\nfo") == ["two", "three"])
        #expect(assembler.add("ur\r\n10%\r20%") == ["four"])
        #expect(assembler.add("\rdone\n\n") == ["done", ""])
    }

    @Test func `console lines are delivered whole`() async throws {
        let manager = try FakeManager()
        let client = try client(of: manager)
        let line = try await publishing("QS_Console", "a line\n", from: manager) {
            var iterator = try client.consoleLines().makeAsyncIterator()
            return await iterator.next()
        }
        #expect(line == ConsoleLine(time: 1.5, text: "a line"))
    }

    @Test func `a status that arrives late is not taken for a new one`() {
        let delivered = Mutex<[StatusUpdate]>([])
        let changes = StatusChanges { update in delivered.withLock { $0.append(update) } }
        let idle = ManagerStatus(status("idle", "1"))
        let busy = ManagerStatus(status("executing_queue", "2"))
        changes.offer(idle)
        changes.offer(idle)
        changes.offer(busy)
        changes.offer(idle)
        changes.offer(.environmentNotOpen)
        changes.offer(.environmentNotOpen)
        changes.offer(busy)
        #expect(
            delivered.withLock { $0 } == [.status(idle), .status(busy), .lost(.environmentNotOpen), .status(busy)]
        )
    }
}

@Suite struct WaitingTests {
    @Test func `a silent manager is asked until it is idle`() async throws {
        let count = Mutex(0)
        let manager = try FakeManager { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return .object(status(number < 3 ? "executing_queue" : "idle", "\(number)"))
        }
        #expect(try await client(of: manager).waitForIdle().statusUID == "3")
    }

    @Test func `a published status ends the wait`() async throws {
        let manager = try FakeManager { _ in .object(status("executing_queue", "1")) }
        let client = try client(of: manager)
        let paused = JSONValue.object(status("paused", "2"))
        let reached = try await publishing("QS_Info", ["status": paused], from: manager) {
            try await client.waitForIdleOrPaused()
        }
        #expect(reached.isPaused)
    }

    @Test func `a wait that takes too long tells the last status`() async throws {
        let busy = status("executing_queue", "1")
        let manager = try FakeManager { _ in .object(busy) }
        let client = try client(of: manager)
        _ = try await client.status()
        let timeout = Duration.milliseconds(500)
        let expected = QueueClientError.waitTimedOut(timeout: timeout, lastStatus: ManagerStatus(busy))
        await #expect(throws: expected) { try await client.waitForIdle(timeout: timeout) }
    }

    @Test func `an environment that does not open is an error`() async throws {
        let manager = try FakeManager { _ in .object(status("idle", "1")) }
        let client = try client(of: manager)
        await #expect(throws: QueueClientError.environmentNotOpen) { try await client.waitForEnvironment() }
        #expect(try await client.waitForEnvironmentClosed().isIdle)
    }

    @Test func `a task is awaited until its result is there`() async throws {
        let count = Mutex(0)
        let manager = try FakeManager { _ in
            let isDone = count.withLock { count in
                count += 1
                return count > 2
            }
            return isDone
                ? ["success": true, "status": "completed", "result": ["success": true, "return_value": 7]]
                : ["success": true, "status": "running", "result": ["time_start": 1.0]]
        }
        let report = try await client(of: manager).waitForTask("t")
        #expect(report.succeeded)
        #expect(report.returnValue == 7)
    }
}
