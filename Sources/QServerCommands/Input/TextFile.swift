internal import Glibc

/// Files given on the command line.
enum TextFile {
    /// Whether there is something at the path.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The text of a file.
    ///
    /// - Throws: ``CommandFailure`` that names the file and what is wrong with it.
    static func contents(of path: String) throws -> String {
        guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
            throw CommandFailure.parameters("\(path) is no text in UTF-8")
        }
        return text
    }

    /// The bytes of a file, at most so many from its start.
    ///
    /// - Throws: ``CommandFailure`` that names the file and what is wrong with it.
    static func bytes(of path: String, limit: Int = .max) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            bytes += buffer[..<count]
        }
        return Array(bytes.prefix(limit))
    }

    private static func failure(_ path: String) -> CommandFailure {
        .parameters("cannot read \(path): \(String(cString: strerror(errno)))")
    }
}
