internal import EventModel
internal import RunEngine
internal import Synchronization
internal import WorkerLink
internal import ZeroMQ

/// Follows the documents of a plan and tells which runs it has opened and closed.
final class RunList: DocumentSink {
    private let runs = Mutex<[RunEntry]>([])
    private let events: Mailbox<WorkerProcess.Event>

    init(events: Mailbox<WorkerProcess.Event>) { self.events = events }

    func receive(_ document: Document) {
        switch document {
        case .start(let start):
            update { $0.append(RunEntry(uid: start.uid, scanID: start.scanID)) }
        case .stop(let stop):
            update { runs in
                guard let index = runs.firstIndex(where: { $0.uid == stop.runStart }) else { return }
                runs[index].exitStatus = stop.exitStatus.rawValue
            }
        default: break
        }
    }

    private func update(_ change: (inout [RunEntry]) -> Void) {
        let changed = runs.withLock { runs in
            change(&runs)
            return runs
        }
        events.post(.runs(changed))
    }
}
