internal import CLinux
internal import Glibc

/// The file for what a worker writes to standard error: C libraries and, above all, the trace of a crash.
///
/// The worker's end of it is opened for appending, so that the file can be shortened under it.
struct WorkerErrorFile {
    let path: String
    /// The largest size in bytes; it may be exceeded until ``shorten()`` is called the next time.
    static let limit = 8 << 20
    /// How much of a file that has become too large is kept.
    private static let kept = 1 << 20

    /// Moves the file of the last worker out of the way of the next one's.
    func setAside() { rename(path, path + ".1") }

    /// The last lines, at most 4 kB.
    var tail: String { String(decoding: end(4_096), as: UTF8.self) }

    /// Drops all but the last megabyte of a file that has become too large.
    func shorten() {
        var information = stat()
        guard stat(path, &information) == 0, Int(information.st_size) > WorkerErrorFile.limit else { return }
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        let rest = end(WorkerErrorFile.kept).drop { $0 != UInt8(ascii: "\n") }
        guard ftruncate(file, 0) == 0 else { return }
        let text = Array("(What the worker wrote before was too much and is not kept.)".utf8) + rest
        _ = write(file, text, text.count)
    }

    private func end(_ count: Int) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        fseek(file, max(0, ftell(file) - count), SEEK_SET)
        var bytes = [UInt8](repeating: 0, count: count)
        let read = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<read])
    }
}
