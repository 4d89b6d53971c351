internal import Glibc

/// What is left of an earlier supervisor of the same state directory that was killed.
struct Predecessor {
    /// The folder that it made for the worker link.
    let runtimeDirectory: String
    /// A worker that lives on, and the handle to it.
    let worker: (record: SupervisionRecord.Worker, process: ProcessHandle)?
    private let manager: ProcessHandle?

    /// Looks for it; nil if the last supervisor ended in order.
    init?(stateDirectory: String) {
        guard let record = SupervisionRecord(path: SupervisionRecord.path(in: stateDirectory)) else { return nil }
        runtimeDirectory = record.runtimeDirectory
        manager = record.manager.flatMap { ProcessHandle($0) }
        worker = record.worker.flatMap { worker in ProcessHandle(worker.process).map { (worker, $0) } }
    }

    /// Ends its manager, which ends by itself unless it hangs, so that the addresses and the store are free.
    func endManager() {
        manager?.send(signal: SIGKILL)
        manager?.waitForEnd(milliseconds: 5_000)
    }
}
