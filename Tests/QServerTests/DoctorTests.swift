import FakeManager
import Files
import Glibc
import Testing
import Wire

@testable import QServerCommands

@Suite struct DoctorTests {
    private func manager(plans: JSONObject = ["count": [:]]) throws -> FakeManager {
        try FakeManager { request in
            switch request.method {
            case "status":
                [
                    "msg": "RE Manager v0.0.25", "manager_state": "paused", "worker_environment_exists": true,
                    "lock": ["queue": true],
                ]
            case "plans_allowed": ["success": true, "plans_allowed": .object(plans)]
            default: ["success": true, "devices_allowed": ["det": [:], "motor": [:]]]
            }
        }
    }

    private func checks(_ words: [String], manager: FakeManager? = nil) async throws -> (QServerExitCode, [JSONValue]) {
        let ending = await run(["doctor", "--json"] + words, manager: manager)
        return (ending.status, try #require(try JSONValue(parsing: ending.output)["checks"]?.array))
    }

    private func check(_ subject: String, in checks: [JSONValue]) throws -> JSONValue {
        try #require(checks.first { $0["subject"]?.string == subject })
    }

    @Test func `a manager that answers is described, and what may surprise is noticed`() async throws {
        let (status, checks) = try await checks(["--state-dir", "/nonexistent"], manager: manager())
        #expect(status == .success)
        #expect(try check("manager", in: checks)["result"] == "ok")
        #expect(try check("plan", in: checks)["advice"]?.string?.contains("qserver re resume") == true)
        #expect(try check("lock", in: checks)["result"] == "notice")
        #expect(try check("publishing", in: checks)["result"] == "notice")
        #expect(try check("permissions", in: checks)["text"] == "the group 'primary' may use 1 plan and 2 devices")
        #expect(try check("state", in: checks)["result"] == "notice")
    }

    @Test func `a group without plans is a problem`() async throws {
        let (status, checks) = try await checks([], manager: manager(plans: [:]))
        #expect(status == .operationFailed)
        #expect(try check("permissions", in: checks)["result"] == "problem")
    }

    @Test func `without a manager the advice is to start one`() async throws {
        let (status, checks) = try await checks(["-a", "tcp://127.0.0.1:9", "--timeout", "0.1"])
        #expect(status == .operationFailed)
        let check = try check("manager", in: checks)
        #expect(check["result"] == "problem")
        #expect(check["advice"]?.string?.contains("start-re-manager") == true)
    }

    @Test func `files of a manager on another machine are not looked for here`() async throws {
        let (_, checks) = try await checks(["-a", "tcp://192.0.2.1:9", "--timeout", "0.1"])
        #expect(checks.map { $0["subject"]?.string } == ["settings", "manager"])
    }

    @Test func `a key that is not used is noticed`() async throws {
        let (_, checks) = try await checks(["--zmq-private-key-file", "/keys/ada"], manager: manager())
        #expect(try check("keys", in: checks)["text"]?.string?.contains("/keys/ada is not used") == true)
    }

    @Test func `a manager that does not take the keys may know others, or none`() async throws {
        let ending = await run(
            ["doctor", "--json", "--timeout", "0.5"],
            manager: try manager(),
            environment: ["QSERVER_ZMQ_PUBLIC_KEY": "Z*VX5lWMVaTit.H8y)V/}*^NdCaqS2ma[trGo9k}"]
        )
        let findings = try #require(try JSONValue(parsing: ending.output)["checks"]?.array)
        let advice = try #require(try check("manager", in: findings)["advice"]?.string)
        #expect(advice.contains("unset it") && advice.contains("--zmq-private-key-file"))
    }

    @Test func `a state directory that others can look into, and a database that is none, are found`() async throws {
        var template = Array("/tmp/qserver-test-XXXXXX".utf8CString)
        let folder = String(cString: try #require(mkdtemp(&template)))
        defer {
            unlink(folder + "/queue.sqlite")
            rmdir(folder)
        }
        try writeFile("not a database at all", to: folder + "/queue.sqlite")
        chmod(folder, 0o755)
        let (status, checks) = try await checks(["--state-dir", folder, "--startup-dir", folder], manager: manager())
        #expect(status == .operationFailed)
        #expect(try check("state", in: checks)["advice"] == .string("chmod 700 '\(folder)'"))
        #expect(try check("database", in: checks)["result"] == "problem")
        #expect(try check("profile", in: checks)["result"] == "problem")
    }

    @Test func `startup code in Python is a profile too`() async throws {
        try await withFolder(["00.py": [], "10-devices.ipy": []]) { folder in
            let (_, found) = try await checks(["--startup-dir", folder], manager: manager())
            #expect(try check("profile", in: found)["text"] == .string("\(folder), 2 Python files"))
        }
        let (_, found) = try await checks(["--startup-dir", "/nonexistent"], manager: manager())
        #expect(try check("profile", in: found)["text"] == "/nonexistent is no folder that this user can read")
    }

    @Test func `a database that has lost its end is found`() async throws {
        // One page of 4096 bytes, which says that there are two.
        var page = Array("SQLite format 3\0".utf8) + [0x10, 0x00] + [UInt8](repeating: 0, count: 4078)
        page[31] = 2
        try await withFolder(["queue.sqlite": page]) { folder in
            let (_, found) = try await checks(["--state-dir", folder], manager: manager())
            let text = try check("database", in: found)["text"]?.string
            #expect(text?.hasSuffix("is not complete: 4096 bytes of 8192") == true)
        }
    }

    /// Runs `body` with a folder that has these files.
    private func withFolder(_ files: [String: [UInt8]], _ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/qserver-test-XXXXXX".utf8CString)
        let folder = String(cString: try #require(mkdtemp(&template)))
        defer {
            for name in files.keys { unlink(folder + "/" + name) }
            rmdir(folder)
        }
        for (name, bytes) in files { try WholeFile.replace(folder + "/" + name, with: bytes, isDurable: false) }
        try await body(folder)
    }
}
