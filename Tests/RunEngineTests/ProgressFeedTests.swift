import RunEngine
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProgressFeedTests {
    /// A feed and what it tells.
    private func feed() -> (ProgressFeed, AsyncStream<[Progress]>) {
        let (stream, continuation) = AsyncStream<[Progress]>.makeStream()
        return (ProgressFeed { continuation.yield($0) }, stream)
    }

    @Test func `a wait is told with the names of all devices, and so is its end`() async {
        let (feed, stream) = feed()
        var told = stream.makeAsyncIterator()
        let statuses = [Status(name: "m1"), Status(name: "m2"), Status.finished]
        feed.follow(statuses)
        #expect(await told.next() == [Progress(name: "m1"), Progress(name: "m2"), Progress()])
        statuses[1].finish()
        #expect(await told.next()?[1] == Progress(name: "m2", fraction: 0))
        feed.follow(nil)
        #expect(await told.next() == [])
    }

    @Test func `what a device tells appears under its name`() async {
        let (feed, stream) = feed()
        var told = stream.makeAsyncIterator()
        let status = Status(name: "m1")
        feed.follow([status])
        _ = await told.next()
        status.report(Progress(current: 3, fraction: 0))
        #expect(await told.next() == [Progress(name: "m1", current: 3, fraction: 0)])
    }

    @Test func `a wait that is over soon, and one for nothing, are not told`() async {
        let (feed, stream) = feed()
        var told = stream.makeAsyncIterator()
        feed.follow([.finished])
        feed.follow(nil)
        let quick = Status(name: "quick")
        feed.follow([quick])
        quick.finish()
        feed.follow(nil)
        let slow = Status(name: "slow")
        feed.follow([slow])
        quick.report(Progress(fraction: 0.5))
        #expect(await told.next() == [Progress(name: "slow")])
        feed.follow(nil)
    }
}
