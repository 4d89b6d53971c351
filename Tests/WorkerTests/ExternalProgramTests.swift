import Glibc
import Testing
import Wire

@testable import Worker

@Suite(.timeLimit(.minutes(1))) struct ExternalProgramTests {
    private func shell(_ script: String, timeLimit: Double = 30) -> ExternalProgram {
        ExternalProgram(command: ["sh", "-c", script], timeLimit: timeLimit, directory: "/")
    }

    private func failure(_ program: ExternalProgram) async -> FunctionError? {
        await #expect(throws: FunctionError.self) { try await program.call([], [:]) }
    }

    @Test func `a program gets its arguments as JSON and returns JSON`() async throws {
        let value = try await shell("cat").call([1, "ä", nil], ["k": [1.5]])
        #expect(value == ["args": [1, "ä", nil], "kwargs": ["k": [1.5]]])
    }

    @Test func `a program that writes nothing returns null, whether it reads its input or not`() async throws {
        let long = JSONValue.string(String(repeating: "x", count: 1_000_000))
        #expect(try await shell("true").call([long], [:]) == .null)
        #expect(try await shell("cat > /dev/null; echo").call([long], [:]) == .null)
    }

    @Test func `a large result arrives whole`() async throws {
        let long = JSONValue.string(String(repeating: "x", count: 1_000_000))
        #expect(try await shell("cat").call([long], [:]) == ["args": [long], "kwargs": [:]])
    }

    @Test func `an exit code is a failure, with the last words of the program`() async {
        let error = await failure(shell("echo one >&2; echo two >&2; exit 3"))
        #expect(error?.description == "'sh' ended with exit code 3: two")
        #expect(error?.details == "one\ntwo")
    }

    @Test func `output that is no JSON is a failure that shows it`() async {
        let error = await failure(shell("echo hello"))
        #expect(error?.description.contains("must write its result as JSON") == true)
        #expect(error?.details == "hello\n")
    }

    @Test func `a program that is not there is named`() async {
        let error = await failure(ExternalProgram(command: ["./no-such-program"], timeLimit: 1, directory: "/tmp"))
        #expect(error?.description.contains("./no-such-program") == true)
    }

    @Test func `a program that takes too long is ended with those that it has started`() async throws {
        let file = "/tmp/external-program-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        defer { unlink(file) }
        let error = await failure(shell("sleep 100 & echo $! > \(file); wait", timeLimit: 0.3))
        #expect(error?.description == "'sh' was ended because it took longer than 0.3 s")
        let pid = try #require(processID(in: file))
        for _ in 0..<500 where !hasEnded(pid) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(hasEnded(pid))
    }

    private func processID(in file: String) -> Int32? {
        guard let stream = fopen(file, "r") else { return nil }
        defer { fclose(stream) }
        var digits = [UInt8](repeating: 0, count: 32)
        let count = fread(&digits, 1, digits.count, stream)
        return Int32(String(decoding: digits[..<count].prefix { $0 != 10 }, as: UTF8.self))
    }

    /// Whether the process is gone, or waits for somebody to take its exit code.
    private func hasEnded(_ pid: Int32) -> Bool {
        guard let stream = fopen("/proc/\(pid)/stat", "r") else { return true }
        defer { fclose(stream) }
        var text = [UInt8](repeating: 0, count: 512)
        let count = fread(&text, 1, text.count, stream)
        return String(decoding: text[..<count], as: UTF8.self).contains(") Z ")
    }
}
