import FakeManager
import Testing
import Wire

@testable import QServerCommands

@Suite struct CompletionTests {
    private func completions(of line: String, argument: String = "positional@0", path: Int) async throws -> [String] {
        let manager = try FakeManager { request in
            switch request.method {
            case "plans_allowed":
                [
                    "success": true,
                    "plans_allowed": [
                        "count": [
                            "parameters": [
                                ["name": "detectors"], ["name": "num"],
                                ["name": "a", "kind": ["name": "VAR_POSITIONAL"]],
                            ]
                        ]
                    ],
                ]
            case "devices_allowed": ["success": true, "devices_allowed": ["det1": [:], "motor": [:]]]
            case "queue_get": ["success": true, "items": [["item_uid": "u1"], ["item_uid": "u2"]]]
            case "history_get": ["success": true, "items": [["item_uid": "h1"]]]
            default: ["success": false, "msg": "no"]
            }
        }
        var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let subcommands = Array(words[1..<(1 + path)])
        words.insert(contentsOf: ["-a", manager.controlAddress], at: 1)
        let request = ["---completion"] + subcommands + ["--", argument, "\(words.count - 1)", "0"] + words
        let ending = await run(request)
        #expect(ending.status == .success)
        return ending.output.split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        ("qserver queue add plan c", 3, ["count"]),
        ("qserver queue add plan front ", 3, ["count"]),
        ("qserver run count ", 1, ["det1", "motor", "detectors=", "num="]),
        ("qserver run count det1,m", 1, ["det1,det1", "det1,motor"]),
        ("qserver run count detectors=", 1, ["detectors=det1", "detectors=motor"]),
        ("qserver queue item get ", 3, ["u1", "u2"]),
        ("qserver queue item release ", 3, ["u1", "u2"]),
        ("qserver queue update plan ", 3, ["u1", "u2"]),
        ("qserver queue update plan u1 ", 3, ["count"]),
        ("qserver history show ", 2, ["h1"]),
        ("qserver allowed devices ", 2, ["det1", "motor"]),
        ("qserver existing plans ", 2, []),
        ("qserver queue add plan before ", 3, ["u1", "u2"]),
        ("qserver queue add plan before u1 ", 3, ["count"]),
        ("qserver queue add instruction ", 3, ["queue-stop", "front", "back", "before", "after"]),
        ("qserver queue add instruction after ", 3, ["u1", "u2"]),
        ("qserver queue add instruction front ", 3, ["queue-stop"]),
        ("qserver queue item move u1 ", 3, ["front", "back", "before", "after"]),
        ("qserver queue item move u1 before ", 3, ["u1", "u2"]),
        ("qserver queue mode set ", 3, ["loop", "ignore_failures", "default"]),
        ("qserver queue mode set loop ", 3, ["True", "False"]),
        ("qserver queue mode set loop True ", 3, ["ignore_failures"]),
        ("qserver manager stop ", 2, ["safe"]),
        ("qserver manager stop safe ", 2, ["on", "off"]),
    ])
    func `names are completed from the manager`(line: String, path: Int, expected: [String]) async throws {
        #expect(try await completions(of: line, path: path) == expected)
    }

    @Test func `without a manager there is nothing to complete, and no error`() async {
        let words = [
            "---completion", "run", "--", "positional@0", "3", "0", "qserver", "run", "-a", "tcp://127.0.0.1:9",
        ]
        #expect(await run(words) == Ending(status: .success, output: "", errors: ""))
    }
}
