package import EventModel
internal import Synchronization

/// Keeps all documents.
package final class DocumentCollector: DocumentSink {
    private let kept = Mutex<[Document]>([])

    package init() {}

    package func receive(_ document: Document) { kept.withLock { $0.append(document) } }

    package var documents: [Document] { kept.withLock { $0 } }
    package var names: [String] { documents.map(\.name.rawValue) }

    package var starts: [RunStart] {
        documents.compactMap { if case .start(let document) = $0 { document } else { nil } }
    }
    package var descriptors: [EventDescriptor] {
        documents.compactMap { if case .descriptor(let document) = $0 { document } else { nil } }
    }
    package var events: [Event] {
        documents.compactMap { if case .event(let document) = $0 { document } else { nil } }
    }
    package var pages: [EventPage] {
        documents.compactMap { if case .eventPage(let document) = $0 { document } else { nil } }
    }
    package var streamPieces: [StreamDatum] {
        documents.compactMap { if case .streamDatum(let document) = $0 { document } else { nil } }
    }
    package var stops: [RunStop] {
        documents.compactMap { if case .stop(let document) = $0 { document } else { nil } }
    }
}

/// Keeps things that are told from any thread, and lets a test wait until something is among them.
package final class Log<Element: Sendable & Equatable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var waiters: [(Element, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var elements: [Element] { state.withLock { $0.elements } }

    package func append(_ element: Element) {
        let woken = state.withLock { state in
            state.elements.append(element)
            let woken = state.waiters.filter { $0.0 == element }
            state.waiters.removeAll { $0.0 == element }
            return woken
        }
        for waiter in woken { waiter.1.resume() }
    }

    /// Returns when `element` has been told, now or before.
    package func contains(_ element: Element) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.elements.contains(element) { return true }
                state.waiters.append((element, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Forgets everything.
    package func clear() { state.withLock { $0.elements = [] } }
}
