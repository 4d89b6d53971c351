import Logging
import SupervisorLink
import Wire
import WorkerLink
import ZeroMQ

// The control socket: each request gets one reply, in order.
extension Manager {
    func answerRequests() -> Bool {
        var didAnything = false
        while isInformed, owedReply == nil, let frames = try? control?.receive() {
            didAnything = true
            if let reply = measuredReply(to: frames) { send(reply: reply) }
            performActions()
        }
        return didAnything
    }

    /// Sends a reply that has been rendered as JSON.
    private func send(reply: [UInt8]) { try? control?.send(settings.encoding.reply(reply)) }

    /// Sends the reply to the request that waits for the worker, if it is still owed.
    private func settle(_ owed: OwedReply, _ answer: WorkerAnswer) {
        guard owedReply?.command == owed.command else { return }
        owedReply = nil
        let reply = owed.method.encodedReply { try owed.finish(answer) }
        let isSuccess = !reply.starts(with: APIMethod.failureStart)
        metrics.countRequest(owed.method.name, isSuccess: isSuccess, took: owed.began.duration(to: .now))
        send(reply: reply)
        // Requests that have arrived meanwhile have used up the descriptor's signal.
        while answerRequests() {}
    }

    private func measuredReply(to frames: [[UInt8]]) -> [UInt8]? {
        let began = ContinuousClock.now
        var name: String?
        let reply = reply(to: frames, name: &name)
        guard let reply else { return nil }
        let isSuccess = !reply.starts(with: APIMethod.failureStart)
        metrics.countRequest(name, isSuccess: isSuccess, took: began.duration(to: .now))
        return reply
    }

    /// The reply to a request, or nil if it is owed until the worker has answered.
    ///
    /// - Parameter name: Becomes the name of the method, if there is such a method.
    private func reply(to frames: [[UInt8]], name: inout String?) -> [UInt8]? {
        do throws(Refusal) {
            let request = try APIRequest(frames: frames, encoding: settings.encoding, methods: APIMethod.table)
            log.debug("Request \(request.method.name)")
            name = request.method.name
            switch request.method.answer(request.parameters, manager: self) {
            case .now(let bytes): return bytes
            case .afterWorker(let command, let finish):
                owe(OwedReply(command: send(command), method: request.method, finish: finish))
                return nil
            }
        } catch {
            log.warning("A request was not understood: \(error.message.prefix(200))")
            return (["success": false, "msg": .string(error.message)] as JSONObject).encoded
        }
    }

    private func owe(_ reply: OwedReply) {
        owedReply = reply
        Task {
            // Clients give up after two seconds.
            try? await Task.sleep(for: .milliseconds(1_500))
            settle(reply, .refused(reason: "The worker did not answer within 1.5 s"))
        }
    }

    /// Hands the worker's answer to the request that waits for it.
    ///
    /// - Returns: Whether one did.
    func settle(command: Int, _ answer: WorkerAnswer) -> Bool {
        guard let owedReply, owedReply.command == command else { return false }
        settle(owedReply, answer)
        return true
    }
}
