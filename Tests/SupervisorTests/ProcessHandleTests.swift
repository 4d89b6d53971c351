import Glibc
import Subprocess
import Testing

@testable import Supervisor

@Suite(.timeLimit(.minutes(1))) struct ProcessHandleTests {
    @Test func `a process is found again by its number and start`() throws {
        let me = try #require(ProcessHandle(pid: Int(getpid())))
        #expect(ProcessHandle(me.identity)?.pid == Int(getpid()))
        #expect(!me.hasEnded)
    }

    @Test func `another process with the same number is not taken for it`() throws {
        let me = try #require(ProcessHandle(pid: Int(getpid())))
        let former = ProcessIdentity(pid: me.pid, startTime: me.identity.startTime - 1)
        #expect(ProcessHandle(former) == nil)
    }

    @Test(arguments: [("exit 3", ProcessEnd.exited(3)), ("kill -11 $$", .signalled(11))])
    func `the end of a process that is no child is told`(script: String, end: ProcessEnd) async throws {
        // The shell starts another one in the background, which waits for a file, and lets it be orphaned.
        let file = "/tmp/process-handle-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let waiting = "until [ -e \(file) ]; do sleep 0.01; done; \(script)"
        let result = try await Subprocess.run(
            .name("sh"),
            arguments: ["-c", "sh -c '\(waiting)' >/dev/null 2>&1 & echo $!"],
            output: .string(limit: 100)
        )
        let pid = try #require(Int(result.standardOutput.prefix { $0.isNumber }))
        let process = try #require(ProcessHandle(pid: pid))
        #expect(!process.hasEnded)
        close(open(file, O_CREAT | O_WRONLY, 0o600))
        defer { unlink(file) }
        #expect(process.waitForEnd(milliseconds: 30_000))
        #expect([end, .unknown].contains(process.end))
        #expect(ProcessHandle(process.identity) == nil)
    }

    @Test func `a program that is started has one more variable, and its end is told once it has ended`() throws {
        let shell = ChildProcess(path: "/bin/sh", arguments: ["-c", "exit ${#GREETING}"], variable: "GREETING=hello")
        let process = try shell.start()
        #expect(process.waitForEnd(milliseconds: 30_000))
        #expect(process.end == .exited(5))
    }

    @Test func `a program that is not there is an error that names it`() {
        #expect(throws: SupervisorError.self) { try ChildProcess(path: "/no/such/program", arguments: []).start() }
    }
}
