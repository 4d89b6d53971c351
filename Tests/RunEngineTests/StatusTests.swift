import EngineTestSupport
import RunEngine
import Testing

struct StatusTests {
    @Test func `A status ends once`() {
        let status = Status()
        let calls = Log<Bool>()
        status.addCallback { calls.append($0.isSuccessful) }
        #expect(!status.isDone)
        #expect(status.finish())
        #expect(!status.fail(TestError()))
        #expect(status.isSuccessful)
        #expect(status.error == nil)
        status.addCallback { calls.append($0.isSuccessful) }
        #expect(calls.elements == [true, true])
    }

    @Test func `A status that is not done in time fails`() async {
        let status = Status(name: "slow", timeout: 0.01)
        await #expect(throws: StatusTimeout(name: "slow", seconds: 0.01)) { try await status.wait() }
    }

    @Test func `A combination is done when all are, and fails with the first that fails`() {
        let parts = [Status(), Status(), .finished]
        let all = Status.all(parts)
        parts[0].finish()
        #expect(!all.isDone)
        parts[1].finish()
        #expect(all.isSuccessful)

        let others = [Status(), Status()]
        let failing = Status.all(others)
        others[1].fail(TestError())
        #expect(failing.error as? TestError == TestError())
        #expect(Status.all([]).isSuccessful)
    }

    @Test func `Watchers see the progress and the end`() {
        let status = Status(name: "motor")
        let seen = Log<Double?>()
        status.watch { seen.append($0.fraction) }
        status.report(Progress(fraction: 0.5))
        status.finish()
        status.report(Progress(fraction: 0.1))
        #expect(seen.elements == [0.5, 0])
    }
}
