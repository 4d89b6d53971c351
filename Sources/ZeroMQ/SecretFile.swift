internal import Files
internal import Glibc

/// Reads and writes files that hold a secret.
public enum SecretFile {
    private static let sizeLimit = 65_536

    /// The text of a file, without white space at its ends.
    ///
    /// - Throws: ``SecretFileError`` if it cannot be read, is empty, or can be read by everybody.
    public static func text(of path: String) throws(SecretFileError) -> String {
        var information = stat()
        if stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG, information.st_mode & S_IROTH != 0 {
            throw SecretFileError("Everybody can read '\(path)'; use chmod 600 on it.")
        }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try WholeFile.bytes(of: path, limit: sizeLimit)
        } catch {
            throw SecretFileError("'\(path)' cannot be read: \(error.reason)")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let start = text.firstIndex(where: { !$0.isWhitespace }),
            let end = text.lastIndex(where: { !$0.isWhitespace })
        else { throw SecretFileError("'\(path)' is empty.") }
        return String(text[start...end])
    }

    /// Writes a new file.
    ///
    /// - Parameter isSecret: Whether only this user may read it.
    /// - Throws: ``SecretFileError`` if there is such a file already, or it cannot be written.
    static func write(_ text: String, to path: String, isSecret: Bool) throws(SecretFileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isSecret ? 0o600 : 0o644)
        guard descriptor >= 0 else {
            throw SecretFileError("'\(path)' cannot be made: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count, fsync(descriptor) == 0 else {
            throw SecretFileError("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}

/// Why a file with a secret cannot be used. The text never shows the secret.
public struct SecretFileError: Error, Hashable, CustomStringConvertible {
    /// The file, what is wrong with it, and what to do.
    public let description: String

    init(_ description: String) { self.description = description }
}
