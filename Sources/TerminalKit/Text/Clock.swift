internal import Glibc

/// Times for readers, in local time.
package enum Clock {
    /// Seconds since 1970.
    package static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// For example `2026-11-21 07:12:34`, or `?` for a number that is no time.
    package static func dateAndTime(_ seconds: Double?) -> String { format(seconds, "%Y-%m-%d %H:%M:%S") }

    /// For example `07:12:34`, or `?` for a number that is no time.
    package static func time(_ seconds: Double?) -> String { format(seconds, "%H:%M:%S") }

    /// For example `0.25 s`, `12.3 s`, `4 min 05 s` or `2 h 05 min`.
    package static func duration(_ seconds: Double) -> String {
        guard seconds >= 0, seconds < 1e9 else { return "?" }
        if seconds < 1 { return "\((seconds * 100).rounded() / 100) s" }
        if seconds < 60 { return "\((seconds * 10).rounded() / 10) s" }
        let whole = Int(seconds)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
        return "\(whole / 3600) h \(two(whole / 60 % 60)) min"
    }

    private static func format(_ seconds: Double?, _ format: String) -> String {
        guard let seconds, seconds > -1e11, seconds < 1e11 else { return "?" }
        var time = time_t(seconds.rounded(.down))
        var parts = tm()
        guard localtime_r(&time, &parts) != nil else { return "?" }
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, format, &parts)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
