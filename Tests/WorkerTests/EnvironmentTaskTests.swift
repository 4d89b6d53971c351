import PlanCatalog
import Testing
import Wire
import WorkerLink
import ZeroMQ

@testable import Worker

@Suite(.timeLimit(.minutes(1))) struct EnvironmentTaskTests {
    private let events = Mailbox<WorkerProcess.Event>()
    private let environment: Environment

    init() throws {
        environment = try Environment(location: simulatedProfile, storage: WorkerStorage(), events: events)
    }

    private func result(of work: WorkerTask.Work) async throws -> (result: TaskResult, updatesLists: Bool) {
        await environment.start(WorkerTask(uid: "t", work: work, runsInBackground: false), at: 1).value
        for event in events.takeAll() {
            if case .taskFinished(let result, let updatesLists) = event { return (result, updatesLists) }
        }
        throw NoResult()
    }

    private struct NoResult: Error {}

    @Test func `a function returns its value`() async throws {
        let (result, updatesLists) = try await result(
            of: .function(item: ["name": "function_sleep", "args": [0], "kwargs": [:], "user_group": "primary"])
        )
        #expect(result.isSuccess && result.message.isEmpty && result.traceback.isEmpty)
        #expect(result.returnValue == ["success": true, "time": 0])
        #expect(result.timeStart == 1)
        #expect(!updatesLists)
    }

    @Test func `a function that fails says so as clients know it`() async throws {
        for (item, text) in [
            (
                ["name": "func_for_test_no", "user_group": "primary"],
                "Function 'func_for_test_no' is not found in the worker namespace"
            ),
            (
                ["name": "clear_buffer", "user_group": "primary"],
                "Function 'clear_buffer' is not allowed for users from 'primary' user group"
            ),
        ] as [(JSONObject, String)] {
            let result = try await result(of: .function(item: item)).result
            #expect(!result.isSuccess && result.returnValue == .null)
            #expect(result.message == "Error occurred while executing 'Execute function': " + text)
            #expect(result.traceback.contains(text))
        }
    }

    @Test func `what a script adds can be used when the lists have been made anew`() async throws {
        let script = "plans: [{name: golden_count, plan: count, presets: {num: 3}}]"
        let first = try await result(of: .script(script, updatesLists: false, updatesEngine: false))
        #expect(first.result.isSuccess && !first.updatesLists)
        #expect(environment.plans["golden_count"] == nil)
        let second = try await result(of: .script("", updatesLists: true, updatesEngine: false))
        #expect(second.result.isSuccess && second.updatesLists)
        #expect(environment.plans["golden_count"] != nil)
    }

    @Test func `a script with a mistake changes nothing`() async throws {
        let script =
            "devices: {golden_motor: {class: SynAxis}, bad: {class: NoSuchClass}}\nplans: [{name: p, plan: count}]"
        let (result, updatesLists) = try await result(of: .script(script, updatesLists: true, updatesEngine: false))
        #expect(
            result.message.hasPrefix("Error occurred while executing 'Load script': Failed to execute stript: script: ")
        )
        #expect(!result.isSuccess && !updatesLists)
        #expect(environment.plans["p"] == nil && environment.devices["golden_motor"] == nil)
    }
}
