import Testing

@testable import Manager

struct ConsoleLogTests {
    @Test func `a client gets what has come since it asked last`() {
        var log = ConsoleLog()
        log.append("one\n", at: 1)
        let uid = log.uid
        #expect(Array(log.messages(after: uid)) == [])
        log.append("two\n", at: 2)
        log.append("three\n", at: 3)
        #expect(log.messages(after: uid).map(\.text) == ["two\n", "three\n"])
        #expect(log.messages(after: "ALL").map(\.time) == [1, 2, 3])
        #expect(log.uid != uid)
    }

    @Test func `a UID that is not known brings nothing`() {
        var log = ConsoleLog()
        log.append("one\n", at: 1)
        let other = ConsoleLog()
        for uid in ["", "x", other.uid, log.uid + "0", log.uid.dropLast() + "-1", log.uid.dropLast() + "99999"] {
            #expect(log.messages(after: String(uid)).isEmpty, "\(uid)")
        }
    }

    @Test func `the oldest messages go when there are too many, and too large ones`() {
        var log = ConsoleLog()
        let first = log.uid
        for number in 0..<(ConsoleLog.capacity + 5) { log.append("\(number)\n", at: 0) }
        #expect(log.messages(after: "ALL").count == ConsoleLog.capacity)
        #expect(log.messages(after: "ALL").first?.text == "5\n")
        #expect(log.messages(after: first).isEmpty)
        let large = String(repeating: "x", count: ConsoleLog.byteCapacity)
        log.append(large, at: 0)
        #expect(log.messages(after: "ALL").map(\.text) == [large])
        log.append("end", at: 0)
        #expect(log.messages(after: "ALL").map(\.text) == ["end"])
    }

    @Test func `the text has the last lines, whole or not`() {
        var log = ConsoleLog()
        #expect(log.text(lastLines: 5) == "")
        log.append("one\ntwo\nth", at: 0)
        #expect(log.text(lastLines: 2) == "two\nth")
        log.append("ree\n", at: 0)
        #expect(log.text(lastLines: 2) == "two\nthree\n")
        #expect(log.text(lastLines: 100) == "one\ntwo\nthree\n")
        #expect(log.text(lastLines: 0) == "")
    }
}
