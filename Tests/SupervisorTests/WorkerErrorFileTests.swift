import Glibc
import Testing

@testable import Supervisor

@Suite struct WorkerErrorFileTests {
    /// A file, and a descriptor as a worker has it.
    private func withFile(_ body: (WorkerErrorFile, Int32) throws -> Void) throws {
        let path = "/tmp/worker-errors-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        try #require(descriptor >= 0)
        defer {
            close(descriptor)
            unlink(path)
            unlink(path + ".1")
        }
        try body(WorkerErrorFile(path: path), descriptor)
    }

    private func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    private func text(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 2 * WorkerErrorFile.limit)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    @Test func `a file that has become too large keeps its end and goes on`() throws {
        try withFile { file, worker in
            let line = String(repeating: "x", count: 99) + "\n"
            write(String(repeating: line, count: WorkerErrorFile.limit / 100 + 1), to: worker)
            write("the last words\n", to: worker)
            file.shorten()
            write("and more\n", to: worker)
            let kept = text(of: file.path)
            #expect(kept.utf8.count < WorkerErrorFile.limit / 4)
            #expect(kept.hasPrefix("(What the worker wrote before was too much and is not kept.)\n" + line))
            #expect(kept.hasSuffix(line + "the last words\nand more\n"))
            #expect(file.tail.hasSuffix("the last words\nand more\n"))
        }
    }

    @Test func `a file that is small enough stays as it is`() throws {
        try withFile { file, worker in
            write("a word\n", to: worker)
            file.shorten()
            #expect(text(of: file.path) == "a word\n")
        }
    }

    @Test func `the file of the last worker is kept beside that of the next one`() throws {
        try withFile { file, worker in
            write("the last words\n", to: worker)
            file.setAside()
            #expect(file.tail.isEmpty)
            #expect(text(of: file.path + ".1") == "the last words\n")
        }
    }
}
