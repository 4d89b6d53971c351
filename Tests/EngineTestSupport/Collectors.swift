public import EventModel
internal import Synchronization

/// Keeps all documents.
public final class DocumentCollector: DocumentSink {
    private let kept = Mutex<[Document]>([])

    public init() {}

    public func receive(_ document: Document) { kept.withLock { $0.append(document) } }

    public var documents: [Document] { kept.withLock { $0 } }
    public var names: [String] { documents.map(\.name.rawValue) }

    public var starts: [RunStart] {
        documents.compactMap { if case .start(let document) = $0 { document } else { nil } }
    }
    public var descriptors: [EventDescriptor] {
        documents.compactMap { if case .descriptor(let document) = $0 { document } else { nil } }
    }
    public var events: [Event] {
        documents.compactMap { if case .event(let document) = $0 { document } else { nil } }
    }
    public var stops: [RunStop] {
        documents.compactMap { if case .stop(let document) = $0 { document } else { nil } }
    }
}

/// Keeps things that are told from any thread, and lets a test wait until something is among them.
public final class Log<Element: Sendable & Equatable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var waiters: [(Element, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    public init() {}

    public var elements: [Element] { state.withLock { $0.elements } }

    public func append(_ element: Element) {
        let woken = state.withLock { state in
            state.elements.append(element)
            let woken = state.waiters.filter { $0.0 == element }
            state.waiters.removeAll { $0.0 == element }
            return woken
        }
        for waiter in woken { waiter.1.resume() }
    }

    /// Returns when `element` has been told, now or before.
    public func contains(_ element: Element) async {
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
    public func clear() { state.withLock { $0.elements = [] } }
}
