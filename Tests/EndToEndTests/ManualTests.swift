import Glibc
import Subprocess
import Testing
import Wire

/// Compares the manual pages in `packaging/man` with what the programs say of themselves. After a wanted change, run
/// the test with `RECORD_GOLDEN=1` in the environment.
@Suite struct ManualTests {
    @Test(arguments: [
        "qserver", "qserver-console-monitor", "qserver-console", "qserver-qtconsole", "qserver-clear-lock",
        "qserver-list-plans-devices", "qserver-zmq-keys", "qserver-backup", "qserver-migrate", "start-re-manager",
        "re-run",
    ])
    func `the manual pages say what the programs do`(name: String) async throws {
        let result = try await runProgram(
            name,
            ["--experimental-dump-help"],
            // Pages tell of folders below anybody's home.
            variables: ["HOME": "~", "XDG_STATE_HOME": "", "XDG_CONFIG_HOME": ""]
        )
        #expect(result.status == .exited(0))
        let page = ManualPage(try JSONValue(parsing: result.output), name: name).text
        let path = repositoryFolder + "/packaging/man/\(name).1"
        if getenv("RECORD_GOLDEN") != nil { try writeText(page, to: path) }
        #expect(try readText(of: path) == page)
    }
}
