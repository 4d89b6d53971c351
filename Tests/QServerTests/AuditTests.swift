import QueueClient
import TerminalKit
import Testing
import Wire

@testable import QServerCommands

@Suite struct AuditTests {
    @Test func `words make the filter`() throws {
        func parameters(_ words: String) throws -> JSONObject {
            let words = words.split(separator: " ").map(String.init)
            let command = try #require(try Program.qserver.parse(["audit"] + words) as? any RequestCommand)
            return try command.request().parameters
        }
        #expect(try parameters("") == [:])
        #expect(
            try parameters("--user Ada --client laptop --method queue_clear --limit 5")
                == ["user": "Ada", "client": "laptop", "method": "queue_clear", "limit": 5]
        )
        #expect(try parameters("--since 7d")["since"]?.number != nil)
        #expect(throws: CommandFailure.self) { try parameters("--since soon") }
        #expect(throws: CommandFailure.self) { try parameters("--limit 0") }
    }

    @Test func `a time in the past is told in several ways`() throws {
        let now = 1_763_700_000.0
        #expect(PastTime.seconds("2h", now: now) == now - 7200)
        #expect(PastTime.seconds("45s", now: now) == now - 45)
        let day = try #require(PastTime.seconds("2025-11-21", now: now))
        #expect(PastTime.seconds("2025-11-21T08:30", now: now) == day + 8.5 * 3600)
        #expect(PastTime.seconds("2025-11-21 08:30:15", now: now) == day + 8.5 * 3600 + 15)
        let today = try #require(PastTime.seconds("00:00", now: now))
        #expect(today <= now && now - today < 90_000)
    }

    @Test(arguments: [
        "", "2h30", "h", "-1h", "2025-13-01", "2025-02-30", "25:00", "12:61", "2025-11-21T", "2025-11-21Tx", "1:2:3:4",
        "9999999d", "2025-11", "a b c",
    ])
    func `what is no time is refused`(text: String) { #expect(PastTime.seconds(text, now: 0) == nil) }

    @Test func `the audit is a table`() {
        let reply: JSONObject = [
            "entries": [
                [
                    "time": 0.0, "client": "laptop", "address": "10.0.0.7", "user": "Ada", "method": "queue_item_add",
                    "item_uids": ["01234567-89ab"], "names": ["count"], "success": true, "msg": "",
                ],
                [
                    "time": 1.0, "client": nil, "address": nil, "user": nil, "method": "queue_start", "item_uids": [],
                    "names": [], "success": false, "msg": "RE Manager is busy.",
                ],
            ]
        ]
        let lines = AuditText.text(reply, on: Display(width: 200)).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].contains("Ada") && lines[1].contains("laptop") && lines[1].contains("count 01234567"))
        #expect(lines[1].hasSuffix("done") && lines[2].hasSuffix("RE Manager is busy."))
        #expect(AuditText.text(["entries": []], on: Display()) == "Nothing of that kind is on record.")
    }
}
