import QueueClient
import TerminalKit
import Testing
import Wire

@testable import QueueMonitor

struct ConsoleTests {
    private func reply(_ texts: [String], uid: String) -> JSONObject {
        let messages = texts.map { JSONValue.object(["time": 1, "msg": .string($0)]) }
        return ["console_output_msgs": .array(messages), "last_msg_uid": .string(uid)]
    }

    private func lines(_ console: Console) -> [String] { console.numbers.map(console.line) }

    @Test func `the manager's record is taken from where the last answer ended`() {
        var console = Console()
        #expect(console.request?.parameters["last_msg_uid"] == "ALL")
        #expect(console.take(reply(["one\ntw", "o\n"], uid: "c1")) == false)
        #expect(console.request?.parameters["last_msg_uid"] == "c1")
        #expect(console.take(reply(["three\n"], uid: "c2")) == false)
        #expect(console.take(reply([], uid: "c2")) == false)
        #expect(lines(console) == ["one", "two", "three"])
    }

    @Test func `the record of a new manager is added to that of the old one`() {
        var console = Console()
        _ = console.take(reply(["one"], uid: "c1"))
        #expect(console.take(reply([], uid: "d7")) == true)
        #expect(console.request?.parameters["last_msg_uid"] == "ALL")
        #expect(console.take(reply(["two\n"], uid: "d7")) == false)
        #expect(lines(console) == ["one", "── a new manager, or a gap ──", "two"])
    }

    @Test func `what is published is shown where the manager keeps no record, and only there`() {
        var console = Console()
        #expect(console.take(published: "one\n") == true)
        #expect(lines(console).isEmpty)
        console.useWhatIsPublished()
        #expect(console.request == nil)
        #expect(console.take(published: "two\n") == false)
        #expect(lines(console) == ["two"])
    }

    @Test func `the newest lines are followed until one scrolls up`() {
        var console = Console()
        _ = console.take(reply((1...20).map { "\($0)\n" }, uid: "c1"))
        #expect(console.isFollowing)
        console.scroll(by: -3, height: 5)
        #expect(console.bottomNumber.map(console.line) == "17")
        _ = console.take(reply(["21\n"], uid: "c2"))
        #expect(console.bottomNumber.map(console.line) == "17")
        #expect(console.linesBelow == 4)
        console.scroll(by: -100, height: 5)
        #expect(console.bottomNumber.map(console.line) == "5")
        console.scroll(by: 100, height: 5)
        #expect(console.isFollowing)
    }

    @Test func `an endless stream of lines takes no more memory, and scrolling stays in what is kept`() {
        var console = Console()
        _ = console.take(reply(["0\n"], uid: "c"))
        console.scroll(by: -1, height: 1)
        for piece in 0..<200 {
            _ = console.take(reply([(0..<100).map { "\(piece * 100 + $0)\n" }.joined()], uid: "c\(piece)"))
        }
        #expect(console.numbers.count < 6_000)
        console.scrollToTop(height: 1)
        #expect(console.bottomNumber == console.numbers.lowerBound)
        _ = console.take(reply([String(repeating: "x", count: 1_000_000)], uid: "d"))
        #expect(lines(console).last?.count == 4_000)
    }
}
