internal import CLinux
internal import Glibc

/// Programs that a worker had started when it ended.
///
/// The kernel makes them children of the supervisor, which is to be their reaper. Each leads a process group of its own,
/// by which it is told apart from the manager and the worker.
struct StrayPrograms: Sendable {
    private let pids: [Int32]

    /// Makes the supervisor the parent of what its children leave behind.
    static func adopt() { clinux_become_subreaper() }

    /// Ends all programs that were left behind, with everything in their groups.
    init() {
        var found: [Int32] = []
        if let folder = opendir("/proc") {
            defer { closedir(folder) }
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard let pid = Int32(name), StrayPrograms.isStray(pid) else { continue }
                kill(-pid, SIGKILL)
                found.append(pid)
            }
        }
        pids = found
    }

    /// Takes the exit codes, which nobody else wants.
    func reap() async {
        for pid in pids {
            for _ in 0..<500 where waitpid(pid, nil, WNOHANG) == 0 {
                try? await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    private static func isStray(_ pid: Int32) -> Bool {
        guard let file = fopen("/proc/\(pid)/stat", "r") else { return false }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = fread(&buffer, 1, buffer.count, file)
        // pid (name) state parent group …; the name may hold anything.
        let text = String(decoding: buffer[..<count], as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return false }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 2 && Int32(fields[1]) == getpid() && Int32(fields[2]) == pid
    }
}
