internal import Files
internal import Glibc

/// Tells whether the kernel has ended a process of this machine for want of memory since this value was made.
struct MemoryShortage {
    private let count = MemoryShortage.killed()

    var hasOccurred: Bool { MemoryShortage.killed() > count }

    private static func killed() -> Int {
        let bytes = (try? WholeFile.bytes(of: "/proc/vmstat")) ?? []
        let key = "oom_kill "
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix(key) }.flatMap { Int($0.dropFirst(key.count)) } ?? 0
    }
}
