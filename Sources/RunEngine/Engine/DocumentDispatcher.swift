internal import EventModel
internal import Synchronization

/// Names a subscription, to end it.
public struct SubscriptionToken: Sendable, Hashable {
    let number: Int
}

/// Hands documents to all who want them, in the order in which they subscribed.
final class DocumentDispatcher: Sendable {
    private struct Subscription: Sendable {
        let token: SubscriptionToken
        let name: DocumentName?
        let sink: any DocumentSink
        /// Whether the subscription ends when the next call begins.
        let isTemporary: Bool
    }

    private struct Shared {
        var subscriptions: [Subscription] = []
        var count = 0
    }

    private let shared = Mutex(Shared())

    func subscribe(
        _ sink: any DocumentSink,
        to name: DocumentName?,
        isTemporary: Bool = false
    ) -> SubscriptionToken {
        shared.withLock { shared in
            shared.count += 1
            let token = SubscriptionToken(number: shared.count)
            shared.subscriptions.append(Subscription(token: token, name: name, sink: sink, isTemporary: isTemporary))
            return token
        }
    }

    func unsubscribe(_ token: SubscriptionToken) -> Bool {
        shared.withLock { shared in
            guard let index = shared.subscriptions.firstIndex(where: { $0.token == token }) else { return false }
            shared.subscriptions.remove(at: index)
            return true
        }
    }

    func endTemporary() { shared.withLock { $0.subscriptions.removeAll(where: \.isTemporary) } }

    func emit(_ document: Document) throws {
        for subscription in shared.withLock({ $0.subscriptions }) {
            if let name = subscription.name, name != document.name { continue }
            try subscription.sink.receive(document)
        }
    }
}
