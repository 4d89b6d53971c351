import Glibc

/// The time of day.
enum WallClock {
    /// Seconds since 1970.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Local time as lock messages show it, for example `11/20/2026 22:21:32`.
    static func localAmerican(_ seconds: Double) -> String {
        let iso = localISO(timespec(tv_sec: Int(seconds), tv_nsec: 0))
        let (date, clock) = (iso.prefix(10), iso.dropFirst(11).prefix(8))
        return "\(date.dropFirst(5).prefix(2))/\(date.suffix(2))/\(date.prefix(4)) \(clock)"
    }

    /// Local time without a zone, for example `2026-11-20T22:21:32.132456`.
    static var localISO: String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return localISO(time)
    }

    private static func localISO(_ time: timespec) -> String {
        var time = time
        var parts = tm()
        localtime_r(&time.tv_sec, &parts)
        func padded(_ value: Int, _ width: Int = 2) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)].map { padded($0) }
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0)) }
        return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "." + padded(time.tv_nsec / 1000, 6)
    }
}
