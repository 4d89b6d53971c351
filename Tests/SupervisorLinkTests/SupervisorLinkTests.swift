import SupervisorLink
import Testing

@Suite struct SupervisorLinkTests {
    @Test(arguments: [SupervisorRequest.startWorker, .killWorker, .endWorker, .beat, .stop])
    func `a request is read as it was written`(request: SupervisorRequest) {
        #expect(SupervisorRequest(encoded: request.encoded) == request)
    }

    @Test(arguments: [
        SupervisorNotice.workerRuns(WorkerProcess(pid: 12, endpoint: "ipc:///x")),
        .workerExited(pid: 12, WorkerExit(signal: 9, output: "line 1\nline 2")),
        .workerExited(pid: 13, WorkerExit(code: 0)),
        .workerExited(pid: 14, WorkerExit(signal: 9, memoryRanOut: true)),
        .workerNotStarted(reason: "no such file"), .noWorker, .shutDown,
    ])
    func `a notice is read as it was written`(notice: SupervisorNotice) {
        #expect(!notice.encoded.contains(UInt8(ascii: "\n")))
        #expect(SupervisorNotice(encoded: notice.encoded) == notice)
    }

    @Test func `rubbish is no message`() {
        #expect(SupervisorRequest(encoded: Array("{}".utf8)) == nil)
        #expect(SupervisorNotice(encoded: Array("[1".utf8)) == nil)
    }
}
