internal import Glibc

/// The number with this many digits after the point, or in scientific notation where that would be unreadable.
func fixedPoint(_ value: Double, precision: Int) -> String {
    let digits = Int32(clamping: min(max(precision, 0), 17))
    let text = withVaList([digits, value]) { arguments in
        formatted { vsnprintf($0, $1, abs(value) < 1e10 ? "%.*f" : "%.*e", arguments) }
    }
    // A number that is rounded to zero has no sign.
    return text.hasPrefix("-") && text.dropFirst().allSatisfy { $0 == "0" || $0 == "." }
        ? String(text.dropFirst()) : text
}

/// The local time of day, for example `14:02:31.5`.
func timeOfDay(_ time: Timestamp) -> String {
    let tenths = Int((time - time.rounded(.down)) * 10)
    return localTime(time, "%H:%M:%S") + ".\(tenths)"
}

/// The local date and time, for example `2026-11-19 14:02:31`.
func dateAndTime(_ time: Timestamp) -> String { localTime(time, "%Y-%m-%d %H:%M:%S") }

private func localTime(_ time: Timestamp, _ format: String) -> String {
    guard var seconds = time_t(exactly: time.rounded(.down)) else { return "-" }
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return "-" }
    return formatted { Int32(clamping: strftime($0, $1, format, &parts)) }
}

private func formatted(_ write: (UnsafeMutablePointer<CChar>, Int) -> Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        let count = write(start, buffer.count)
        let used = min(max(Int(count), 0), buffer.count - 1)
        return String(decoding: buffer.prefix(used).lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
