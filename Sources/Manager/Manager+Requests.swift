import Logging
import QueueStore
import SupervisorLink
import Wire
import WorkerLink
import ZeroMQ

// The control socket: each request gets one reply, in order.
extension Manager {
    func answerRequests() -> Bool {
        var didAnything = false
        while isInformed, owedReply == nil, let (frames, sender) = try? control?.receiveWithSender() {
            didAnything = true
            if let reply = measuredReply(to: frames, from: sender) { send(reply: reply) }
            performActions()
            if audit.isFull { audit.flush(at: WallClock.now) }
        }
        if didAnything { audit.flush(at: WallClock.now) }
        return didAnything
    }

    /// Sends a reply that has been rendered as JSON.
    private func send(reply: [UInt8]) { try? control?.send(settings.encoding.reply(reply)) }

    /// Sends the reply to the request that waits for the worker, if it is still owed.
    private func settle(_ owed: OwedReply, _ answer: WorkerAnswer) {
        guard owedReply?.command == owed.command else { return }
        owedReply = nil
        let answered = owed.reply(answer)
        let isSuccess = answered.failure == nil
        metrics.countRequest(owed.method.name, isSuccess: isSuccess, took: owed.began.duration(to: .now))
        audit.resume(owed.audited)
        audit.end(answered)
        send(reply: answered.bytes)
        audit.flush(at: WallClock.now)
        performActions()
        // Requests that have arrived meanwhile have used up the descriptor's signal.
        while answerRequests() {}
    }

    private func measuredReply(to frames: [[UInt8]], from sender: Sender) -> [UInt8]? {
        let began = ContinuousClock.now
        var name: String?
        guard let answered = reply(to: frames, from: sender, name: &name) else { return nil }
        metrics.countRequest(name, isSuccess: answered.failure == nil, took: began.duration(to: .now))
        return answered.bytes
    }

    /// The reply to a request, or nil if it is owed until the worker has answered.
    ///
    /// - Parameter name: Becomes the name of the method, if there is such a method.
    private func reply(to frames: [[UInt8]], from sender: Sender, name: inout String?) -> APIMethod.Answered? {
        do throws(Refusal) {
            let client = try gate?.client(sender)
            let request = try APIRequest(frames: frames, encoding: settings.encoding, methods: APIMethod.table)
            log.debug("Request \(request.method.name)")
            name = request.method.name
            audit.begin(AuditEntry(request, from: sender, client: client, at: WallClock.now), of: request.method)
            let method = request.method
            switch method.answer(request.parameters, client: client, manager: self) {
            case .now(let answered):
                guard let command = handOver() else {
                    audit.end(answered)
                    return answered
                }
                owe(command, to: method, within: .milliseconds(500), orElse: .accepted([:])) { answer in
                    if case .refused(let reason) = answer {
                        method.answered { throw Refusal.state(reason) }
                    } else {
                        answered
                    }
                }
            case .afterWorker(let command, let finish):
                // Clients give up after two seconds.
                let silence = WorkerAnswer.refused(reason: "The worker did not answer within 1.5 s")
                owe(send(command), to: method, within: .milliseconds(1_500), orElse: silence) { answer in
                    method.answered { try finish(answer) }
                }
            }
            return nil
        } catch {
            log.warning("A request was not understood: \(error.message.prefix(200))")
            let reply: JSONObject = ["success": false, "msg": .string(error.message)]
            return APIMethod.Answered(bytes: reply.encoded, failure: error.message)
        }
    }

    /// Leaves the present request without a reply until the worker has answered a command, or the time is over.
    private func owe(
        _ command: Int,
        to method: APIMethod,
        within limit: Duration,
        orElse silence: WorkerAnswer,
        reply: @escaping @Sendable (WorkerAnswer) -> APIMethod.Answered
    ) {
        let owed = OwedReply(command: command, method: method, audited: audit.suspend(), reply: reply)
        owedReply = owed
        Task {
            try? await Task.sleep(for: limit)
            settle(owed, silence)
        }
    }

    /// Hands the worker's answer to the request that waits for it, if one does.
    func settle(command: Int, _ answer: WorkerAnswer) {
        if let owedReply, owedReply.command == command { settle(owedReply, answer) }
    }

    /// Refuses the request that waits for a worker that has ended.
    func settleWithoutWorker() {
        if let owedReply { settle(owedReply, .refused(reason: "The worker has ended.")) }
    }
}
