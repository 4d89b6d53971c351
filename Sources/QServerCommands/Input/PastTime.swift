internal import Glibc

/// A point in the past as people write it, in local time.
enum PastTime {
    /// Seconds since 1970, or nil if the text is none of `2026-11-21`, `2026-11-21T08:30`, `2026-11-21 08:30:15`, `08:30`
    /// (of today), and `45s`, `30m`, `2h` and `7d` (ago).
    ///
    /// - Parameter now: Seconds since 1970.
    static func seconds(_ text: String, now: Double) -> Double? {
        ago(text).map { now - $0 } ?? point(text, now: now)
    }

    private static func ago(_ text: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = digits(text.dropLast()) else { return nil }
        return Double(count) * unit
    }

    private static func point(_ text: String, now: Double) -> Double? {
        let parts = text.split(separator: text.contains("T") ? "T" : " ", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2 else { return nil }
        var fields = tm()
        if parts.count == 1, first.contains(":") {
            var seconds = time_t(now)
            localtime_r(&seconds, &fields)
        } else {
            let date = first.split(separator: "-", omittingEmptySubsequences: false).map(digits)
            guard date.count == 3, let year = date[0], let month = date[1], let day = date[2],
                (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
            else { return nil }
            fields.tm_year = Int32(year - 1900)
            fields.tm_mon = Int32(month - 1)
            fields.tm_mday = Int32(day)
        }
        (fields.tm_hour, fields.tm_min, fields.tm_sec) = (0, 0, 0)
        if let clock = parts.last, clock.contains(":") {
            let numbers = clock.split(separator: ":", omittingEmptySubsequences: false).map(digits)
            guard (2...3).contains(numbers.count), let hour = numbers[0], let minute = numbers[1],
                let second = numbers.count == 3 ? numbers[2] : 0, hour < 24, minute < 60, second < 61
            else { return nil }
            (fields.tm_hour, fields.tm_min, fields.tm_sec) = (Int32(hour), Int32(minute), Int32(second))
        } else if parts.count == 2 {
            return nil
        }
        // The C library finds out whether it is summer time then.
        fields.tm_isdst = -1
        let day = fields.tm_mday
        let seconds = mktime(&fields)
        return fields.tm_mday == day ? Double(seconds) : nil
    }

    /// A number of at most six digits.
    private static func digits(_ text: Substring) -> Int? {
        guard (1...6).contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text)
    }
}
