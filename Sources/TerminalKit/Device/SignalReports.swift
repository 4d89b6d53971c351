internal import CLinux
internal import Glibc

/// Signals as something to read, instead of their usual effect.
package struct SignalReports: Sendable {
    /// Becomes readable when a signal has come.
    package let descriptor: Int32

    /// Reports these signals from now on; nil if the system has no descriptor left.
    package init?(of signals: [Int32]) {
        descriptor = clinux_signal_descriptor(signals, Int32(signals.count))
        if descriptor < 0 { return nil }
    }

    /// The signals that have come since the last call, in order.
    package func takeAll() -> [Int32] {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? buffer[..<count].map(Int32.init) : []
    }
}
