internal import Files
internal import Glibc

/// What `/proc` tells of a process.
struct ProcessStatus {
    let group: Int32
    /// When the process started, in clock ticks since the machine did.
    let startTime: Int
    /// How it has ended, if it has, as `wait` will tell its parent.
    let waitStatus: Int32

    /// Reads it; nil if there is no such process.
    init?(pid: Int32) {
        guard let bytes = try? WholeFile.bytes(of: "/proc/\(pid)/stat") else { return nil }
        // pid (name) state parent group …; the name may hold anything.
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(whereSeparator: \.isWhitespace)
        guard fields.count > 49, let group = Int32(fields[2]),
            let startTime = Int(fields[19]), let waitStatus = Int32(fields[49])
        else { return nil }
        self.group = group
        self.startTime = startTime
        self.waitStatus = waitStatus
    }
}
