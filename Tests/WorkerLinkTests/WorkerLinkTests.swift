import Glibc
import Testing
import Wire
import WorkerLink
import ZeroMQ

/// A worker's and a manager's end, driven by hand.
private struct Link: ~Copyable {
    let context = Context()
    let address: String
    var worker: ManagerSession

    init() throws {
        address = "ipc:///tmp/worker-link-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        worker = try ManagerSession(endpoint: address, in: context)
    }

    deinit { unlink(String(address.dropFirst("ipc://".count))) }

    func connect() throws -> WorkerSession { try WorkerSession(endpoint: address, in: context) }

    mutating func event(of manager: inout WorkerSession) throws -> WorkerSession.Event {
        for _ in 0..<2_000 {
            _ = worker.receive()
            if let event = manager.receive() { return event }
            usleep(1_000)
        }
        throw ZeroMQTestTimeout()
    }

    mutating func command(from manager: borrowing WorkerSession) throws -> (id: Int, command: WorkerCommand) {
        for _ in 0..<2_000 {
            if let command = worker.receive() { return command }
            usleep(1_000)
        }
        throw ZeroMQTestTimeout()
    }
}

private struct ZeroMQTestTimeout: Error {}

private let state: WorkerState = {
    var state = WorkerState()
    state.environment = .executingPlan
    state.engine = "running"
    state.runningItem = "item"
    var run = RunEntry(uid: "run", scanID: 3)
    run.exitStatus = "success"
    state.runs = [run, RunEntry(uid: "run2", scanID: nil)]
    state.runsVersion = 7
    state.listsUID = "lists"
    state.tasks = [
        RunningTask(uid: "front", timeStart: 1.5, runsInBackground: false),
        RunningTask(uid: "back", timeStart: 2, runsInBackground: true),
    ]
    return state
}()

private let result = PlanResult(
    itemUID: "item",
    exitStatus: .failed,
    runUIDs: ["a"],
    scanIDs: [1],
    message: "m\n\"",
    traceback: "t"
)

@Suite struct WorkerLinkTests {
    @Test func `a manager that connects gets the whole state`() throws {
        var link = try Link()
        link.worker.update(state)
        var manager = try link.connect()
        #expect(try link.event(of: &manager) == .connected(pid: Int(getpid()), state))
    }

    @Test func `commands arrive as they were sent and are answered by number`() throws {
        var link = try Link()
        var manager = try link.connect()
        _ = try link.event(of: &manager)
        let function = WorkerTask.Work.function(item: ["name": "f", "args": [1]])
        let commands: [WorkerCommand] = [
            .startTask(WorkerTask(uid: "t1", work: function, runsInBackground: true)),
            .startTask(
                WorkerTask(
                    uid: "t2",
                    work: .script("a\n", updatesLists: false, updatesEngine: true),
                    runsInBackground: false
                )
            ),
            .runPlan(item: ["name": "count"]),
            .runPlan(item: ["name": "count"], call: .impossible(reason: "no such plan")),
            .runPlan(
                item: ["name": "count"],
                call: .bound(
                    arguments: ["detectors": ["det1"], "num": 3],
                    references: [.init(path: ["detectors", 0], kind: .device)],
                    meta: ["sample": "A"]
                )
            ),
            .pause(deferred: true), .pause(deferred: false), .resume, .stop, .abort,
            .halt, .lists, .metadata, .permissions(["user_groups": [:]]), .ping, .close,
        ]
        for command in commands {
            let id = manager.send(command)
            let received = try link.command(from: manager)
            #expect(received.command == command)
            #expect(received.id == id)
            link.worker.answer(id, .refused(reason: "no"))
            #expect(try link.event(of: &manager) == .answer(id: id, .refused(reason: "no")))
        }
    }

    @Test func `a report that was not acknowledged reaches the next manager`() throws {
        var link = try Link()
        var first = try link.connect()
        _ = try link.event(of: &first)
        link.worker.report(.environmentReady)
        #expect(try link.event(of: &first) == .report(number: 1, .environmentReady))
        first.acknowledge(1)
        link.worker.report(.planFinished(result))
        #expect(try link.event(of: &first) == .report(number: 2, .planFinished(result)))

        var second = try link.connect()
        guard case .connected = try link.event(of: &second) else {
            Issue.record("no welcome")
            return
        }
        #expect(try link.event(of: &second) == .report(number: 2, .planFinished(result)))
        second.acknowledge(2)
        _ = second.send(.lists)
        _ = try link.command(from: second)
        let isSettled = link.worker.isSettled
        #expect(isSettled)
    }

    @Test func `results of tasks arrive as they were reported`() throws {
        var link = try Link()
        var manager = try link.connect()
        _ = try link.event(of: &manager)
        let results = [
            TaskResult(uid: "a", returnValue: ["success": true, "list": [1, 1.0, nil]], timeStart: 1, timeStop: 2.5),
            TaskResult(uid: "b", message: "m", traceback: "t\n", timeStart: 1, timeStop: 2),
        ]
        for (number, result) in zip(1..., results) {
            link.worker.report(.taskFinished(result))
            #expect(try link.event(of: &manager) == .report(number: number, .taskFinished(result)))
        }
    }

    @Test func `a manager that was replaced is not obeyed`() throws {
        var link = try Link()
        var first = try link.connect()
        _ = try link.event(of: &first)
        var second = try link.connect()
        _ = try link.event(of: &second)
        _ = first.send(.close)
        let id = second.send(.resume)
        let received = try link.command(from: second)
        #expect(received.command == .resume && received.id == id)
    }

    @Test func `console output for a manager that has gone is kept for the next one`() throws {
        var link = try Link()
        do {
            var first = try link.connect()
            _ = try link.event(of: &first)
        }
        // That the first one has gone becomes known by and by; from then on everything is kept.
        var number = 1
        while link.worker.console("lost \(number)\n") {
            number += 1
            usleep(1_000)
            try #require(number < 2_000)
        }
        link.worker.console("kept\n")
        var second = try link.connect()
        _ = try link.event(of: &second)
        #expect(try link.event(of: &second) == .console("lost \(number)\n"))
        #expect(try link.event(of: &second) == .console("kept\n"))
    }

    @Test func `the worker learns who looks after it`() throws {
        var link = try Link()
        var manager = try WorkerSession(endpoint: link.address, supervisor: 4711, in: link.context)
        _ = try link.event(of: &manager)
        let (supervisor, greetings) = (link.worker.supervisor, link.worker.greetings)
        #expect(supervisor == 4711)
        #expect(greetings == 1)
    }

    @Test func `an unchanged state is not sent again`() throws {
        var link = try Link()
        var manager = try link.connect()
        _ = try link.event(of: &manager)
        link.worker.update(state)
        link.worker.update(state)
        link.worker.console("text\n")
        #expect(try link.event(of: &manager) == .state(state))
        #expect(try link.event(of: &manager) == .console("text\n"))
    }
}
