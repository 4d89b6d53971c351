internal import Glibc

/// Files that are read and written as a whole.
public enum WholeFile {
    /// Whether there is something at the path.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The bytes of a file, at most so many from its start.
    public static func bytes(of path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while bytes.count < limit {
            var count = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: min(65_536, limit - bytes.count)) { buffer, initialized in
                count = read(descriptor, buffer.baseAddress, buffer.count)
                initialized = max(0, count)
            }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path)
            }
            bytes += chunk
        }
        return bytes
    }

    /// The text of a file.
    public static func text(of path: String) throws(FileError) -> String {
        guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
            throw FileError(path, "it is no text in UTF-8")
        }
        return text
    }

    /// Writes the file beside its place and moves it there, so that a reader and a crash find the old or the new one.
    ///
    /// - Parameter isDurable: Whether the bytes are on the disk when this returns, which takes milliseconds; else a cut
    ///   of power may still bring the old file back, or an empty one.
    public static func replace(_ path: String, with bytes: [UInt8], isDurable: Bool) throws(FileError) {
        let draft = "\(path).\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError(draft) }
        let isWritten = write(bytes, to: descriptor) && (!isDurable || fsync(descriptor) == 0)
        let failure = errno
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            let code = isWritten ? errno : failure
            unlink(draft)
            throw FileError(path, code: code)
        }
    }

    /// Writes the text as ``replace(_:with:isDurable:)`` does.
    public static func replace(_ path: String, with text: String, isDurable: Bool) throws(FileError) {
        try replace(path, with: Array(text.utf8), isDurable: isDurable)
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
