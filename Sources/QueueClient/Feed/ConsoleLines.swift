internal import Synchronization

/// A line of the manager's console.
public struct ConsoleLine: Sendable, Hashable {
    /// When the line was completed, in seconds since 1970.
    public let time: Double
    /// The text without its end. What a progress bar wrote over is left out.
    public let text: String
}

extension QueueClient {
    /// The lines that the manager and the environment write to the console from now on, if the manager publishes them.
    ///
    /// - Parameter limit: How many lines are kept for a slow reader; beyond, the oldest are dropped.
    /// - Throws: ``QueueClientError/badAddress(_:reason:)``.
    public nonisolated func consoleLines(keepingNewest limit: Int = 10_000) throws -> AsyncStream<ConsoleLine> {
        let lines = LineBuffer()
        return try stream([.console], keepingNewest: limit) { message in
            guard case .console(let time, let text) = message else { return [] }
            return lines.add(text).map { ConsoleLine(time: time, text: $0) }
        }
    }
}

/// Makes lines of pieces of text.
struct LineAssembler {
    private var pending: [UInt8] = []

    /// Takes in a piece and returns the lines that are complete with it.
    mutating func add(_ piece: String) -> [String] {
        var lines: [String] = []
        for byte in piece.utf8 {
            if byte == UInt8(ascii: "\n") {
                lines.append(line())
                pending.removeAll(keepingCapacity: true)
            } else {
                pending.append(byte)
            }
        }
        return lines
    }

    /// What stands on the line at its end: after a carriage return, writing begins again at its start.
    private func line() -> String {
        let parts = pending.split(separator: UInt8(ascii: "\r"))
        return String(decoding: parts.last ?? [], as: UTF8.self)
    }
}

private final class LineBuffer: Sendable {
    private let assembler = Mutex(LineAssembler())

    func add(_ piece: String) -> [String] { assembler.withLock { $0.add(piece) } }
}
