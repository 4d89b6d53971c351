internal import Glibc

/// Tells whether the kernel has ended a process of this machine for want of memory since this value was made.
struct MemoryShortage {
    private let count = MemoryShortage.killed()

    var hasOccurred: Bool { MemoryShortage.killed() > count }

    private static func killed() -> Int {
        guard let file = fopen("/proc/vmstat", "r") else { return 0 }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 32_768)
        let count = fread(&bytes, 1, bytes.count, file)
        let key = "oom_kill "
        return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix(key) }.flatMap { Int($0.dropFirst(key.count)) } ?? 0
    }
}
