import Glibc
import Testing

@testable import Supervisor

@Suite struct SupervisionRecordTests {
    private let path = "/tmp/supervision-record-\(getpid())-\(UInt32.random(in: 0 ... .max))"

    private var record: SupervisionRecord {
        var record = SupervisionRecord(runtimeDirectory: "/run/x")
        record.manager = ProcessIdentity(pid: 12, startTime: 345)
        record.worker = SupervisionRecord.Worker(
            process: ProcessIdentity(pid: 13, startTime: 346),
            endpoint: "ipc:///run/x/worker-7",
            startup: "/home/ada/\"profile\""
        )
        return record
    }

    @Test func `a record is read as it was written`() {
        defer { unlink(path) }
        #expect(record.write(to: path))
        #expect(SupervisionRecord(path: path) == record)
    }

    @Test(arguments: ["", "{", "[]", "{\"boot\": \"another\", \"runtime_directory\": \"/run/x\"}"])
    func `a damaged file, or one from before the machine was started, is no record`(text: String) throws {
        defer { unlink(path) }
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
        #expect(SupervisionRecord(path: path) == nil)
    }

    @Test func `a file that cannot be written is said so, and the old one stays`() {
        defer { unlink(path) }
        #expect(record.write(to: path))
        #expect(!record.write(to: path + "/no/such/folder"))
        #expect(SupervisionRecord(path: path) == record)
    }

    @Test func `the number of a worker is that of its address`() {
        #expect(RuntimeDirectory.workerNumber(endpoint: "ipc:///tmp/re-manager-AbCdEf/worker-12") == 12)
        #expect(RuntimeDirectory.workerNumber(endpoint: "nonsense") == 0)
    }
}
