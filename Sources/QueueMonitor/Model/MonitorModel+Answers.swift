internal import QueueClient
internal import TerminalKit
internal import Wire

// What the manager tells, asked or not.
extension MonitorModel {
    /// Takes in a published message.
    ///
    /// Where messages are published is known less surely than where requests are answered: it may be another manager's
    /// socket. So a message is only a reason to ask; but one with the status that is known shows that it is still true.
    mutating func take(_ message: ManagerMessage) {
        switch message {
        case .status(_, let status):
            link.heard(at: now.uptime)
            if !status.statusUID.isEmpty, status.statusUID == self.status?.statusUID {
                link.proved(at: now.uptime)
            } else {
                upkeep.want(.status)
            }
        case .console(_, let text):
            link.heard(at: now.uptime)
            if console.take(published: text) { upkeep.want(.console) }
        case .progress(_, let progress):
            link.heard(at: now.uptime)
            if let uid = status?.runningItemUID, progress.itemUID == uid { self.progress = progress.devices }
        }
    }

    /// Takes in an answer, or that there is none.
    mutating func take(_ result: Result<JSONObject, QueueClientError>, to question: Question) -> [MonitorEffect] {
        switch question {
        case .about(let subject):
            upkeep.ended(subject, hasAnswer: (try? result.get()) != nil, at: now.uptime)
            take(result, about: subject)
            return []
        case .command(let command):
            return take(result, to: command)
        }
    }

    private mutating func take(_ result: Result<JSONObject, QueueClientError>, about subject: Upkeep.Subject) {
        switch result {
        case .failure(let error):
            if subject == .status { link.failed(error, at: now.uptime) } else { upkeep.want(subject) }
        case .success(let reply) where reply["success"]?.bool == false:
            // A manager that keeps no console output does not know the method.
            if subject == .console { console.useWhatIsPublished() }
        case .success(let reply):
            switch subject {
            case .status: take(ManagerStatus(reply))
            case .queue: takeQueue(reply)
            case .history:
                history = reply.items.reversed()
                historyCursor.follow(history.uids)
            case .runs: runs = objects(reply["run_list"]).map(RunSummary.init)
            case .holds: holds = (reply["suspensions"]?.array ?? []).compactMap(\.string)
            case .lock: lock = reply["lock_info"]?.object.map(LockInfo.init)
            case .console: if console.take(reply) { upkeep.want(.console) }
            }
            if let member = MonitorModel.uidMembers[subject] {
                known[subject] = reply[member]?.string ?? ""
                if isKnown(subject, member) { upkeep.drop(subject) } else { upkeep.want(.status) }
            }
        }
    }

    private mutating func take(_ status: ManagerStatus) {
        link.proved(at: now.uptime)
        let isNew = status.statusUID.isEmpty || status.statusUID != self.status?.statusUID
        if status.runningItemUID != self.status?.runningItemUID {
            progress = []
            holds = []
        }
        self.status = status
        if isNew, status.runningItemUID != nil { upkeep.want(.holds) }
        wantWhatChanged()
        if isNew || !link.isFollowing(at: now.uptime) { upkeep.want(.console) }
    }

    private mutating func takeQueue(_ reply: JSONObject) {
        let running = reply["running_item"]?.object ?? [:]
        runningItem = running.isEmpty ? nil : QueueItem(running)
        // An answer from before the changes that are under way would undo them on the screen.
        if edits.isActive { return }
        items = reply.items
        queueCursor.follow(items.uids)
    }

    /// The member of the status, and of the reply, that changes with a subject.
    private static let uidMembers: [Upkeep.Subject: String] = [
        .queue: "plan_queue_uid", .history: "plan_history_uid", .runs: "run_list_uid", .lock: "lock_info_uid",
    ]

    private mutating func wantWhatChanged() {
        for (subject, member) in MonitorModel.uidMembers where !isKnown(subject, member) { upkeep.want(subject) }
    }

    /// Whether what is known of a subject is what the status speaks of.
    private func isKnown(_ subject: Upkeep.Subject, _ member: String) -> Bool {
        known[subject] == status?.raw[member]?.string ?? ""
    }

    private mutating func take(
        _ result: Result<JSONObject, QueueClientError>,
        to command: Command
    ) -> [MonitorEffect] {
        unanswered.remove(command)
        var isDone = false
        switch result {
        case .failure(let error): tell(.failure, "\(command.title): \(error)", for: 30)
        case .success(let reply) where reply["success"]?.bool == false:
            var reason = (reply["msg"]?.string ?? "refused without a reason")[...]
            // Some of the manager's messages begin with the word; the colour says it.
            if reason.hasPrefix("Error: ") { reason = reason.dropFirst(7) }
            tell(.failure, "\(command.title): \(reason)", for: 30)
        case .success:
            isDone = true
            tell(.success, "\(command.title): accepted", for: 5)
        }
        // Changes are published; a manager that does not publish is asked.
        upkeep.want(.status)
        guard command.isEdit else { return [] }
        if let next = edits.finishFirst(successfully: isDone) { return [.send(.command(next), next.request)] }
        upkeep.held.remove(.queue)
        upkeep.want(.queue)
        return []
    }
}

/// The objects of an array.
private func objects(_ value: JSONValue?) -> [JSONObject] { value?.array?.compactMap(\.object) ?? [] }
