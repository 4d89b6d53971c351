internal import CLinux
internal import Glibc
internal import Synchronization

/// Carries values from any thread to an actor on an ``EventLoop``, in the order in which they were posted.
///
/// Unstructured tasks give no such order; this does, and it wakes the loop at most once for many values.
public final class Mailbox<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    /// Becomes readable when something is posted; for ``EventLoop/watch(_:handler:)``.
    public let descriptor: Int32

    /// An empty mailbox.
    public init() {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        precondition(descriptor >= 0, "no descriptor left for a mailbox")
    }

    deinit { close(descriptor) }

    /// Adds a value. May be called from any thread.
    public func post(_ element: Element) {
        let wasEmpty = elements.withLock { elements in
            elements.append(element)
            return elements.count == 1
        }
        if wasEmpty { eventfd_write(descriptor, 1) }
    }

    /// Takes all values that were posted since the last time.
    public func takeAll() -> [Element] {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
        return elements.withLock { elements in
            let taken = elements
            elements = []
            return taken
        }
    }
}
