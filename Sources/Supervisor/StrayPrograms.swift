internal import CLinux
internal import Files
internal import Glibc

/// Programs that a worker had started when it ended.
///
/// They are known by a variable of their environment, which they have from the worker. The kernel makes them children of
/// the supervisor, which is to be their reaper, unless the worker was adopted.
struct StrayPrograms: Sendable {
    /// The variable, with the address of the worker's end of the worker link.
    static func variable(workerEndpoint: String) -> String { "RE_WORKER_ENDPOINT=\(workerEndpoint)" }

    private let pids: [Int32]

    /// Makes the supervisor the parent of what its children leave behind.
    static func adopt() { clinux_become_subreaper() }

    /// Ends all programs that this worker has left behind, with everything in their groups.
    init(workerEndpoint: String) {
        let entry = Array(StrayPrograms.variable(workerEndpoint: workerEndpoint).utf8)
        var found: [Int32] = []
        if let folder = opendir("/proc") {
            defer { closedir(folder) }
            while let file = readdir(folder) {
                let name = withUnsafePointer(to: &file.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard let pid = Int32(name), StrayPrograms.environment(of: pid).contains(entry[...]) else { continue }
                kill(ProcessStatus(pid: pid)?.group == pid ? -pid : pid, SIGKILL)
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

    private static func environment(of pid: Int32) -> [ArraySlice<UInt8>] {
        (try? WholeFile.bytes(of: "/proc/\(pid)/environ", limit: 131_072))?.split(separator: 0) ?? []
    }
}
