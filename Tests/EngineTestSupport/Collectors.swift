package import EventModel
package import RunEngine
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
    private struct Waiter {
        let condition: @Sendable ([Element]) -> Bool
        let status: Status
    }

    private struct State {
        var elements: [Element] = []
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var elements: [Element] { state.withLock { $0.elements } }

    package func append(_ element: Element) {
        let woken = state.withLock { state in
            state.elements.append(element)
            let woken = state.waiters.filter { $0.condition(state.elements) }
            state.waiters.removeAll { waiter in woken.contains { $0.status === waiter.status } }
            return woken
        }
        for waiter in woken { waiter.status.finish() }
    }

    /// Returns when `element` has been told, now or before.
    package func contains(_ element: Element) async {
        let told = Status()
        wait(told) { $0.contains(element) }
        try? await told.wait()
    }

    /// Ends `status` when `condition` holds for what has been told.
    package func wait(_ status: Status, until condition: @escaping @Sendable ([Element]) -> Bool) {
        let holds = state.withLock { state in
            if condition(state.elements) { return true }
            state.waiters.append(Waiter(condition: condition, status: status))
            return false
        }
        if holds { status.finish() }
    }

    /// Forgets everything.
    package func clear() { state.withLock { $0.elements = [] } }
}
