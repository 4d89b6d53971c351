/// A number of things in words, for example `1 item` or `3 items`.
package func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

/// A state as words: `executing_queue` becomes `executing queue`.
package func words(_ state: String) -> String { String(state.map { $0 == "_" ? " " : $0 }) }

/// An identifier's first part, which is enough to tell one from another by eye.
@Sendable package func shortUID(_ uid: String) -> String { String(uid.prefix(8)) }
