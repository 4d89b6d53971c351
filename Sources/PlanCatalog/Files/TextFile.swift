internal import Glibc

/// Whole files of text.
enum TextFile {
    /// - Throws: ``CatalogError`` if the file cannot be read or is no UTF-8.
    static func read(_ path: String) throws(CatalogError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw error() }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while true {
            var count = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, initialized in
                count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                initialized = max(0, count)
            }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw error()
            }
            bytes += chunk
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CatalogError("the file is not UTF-8")
        }
        return text
    }

    /// Writes the file beside its place and moves it there, so that a reader sees the old or the new one.
    ///
    /// - Throws: ``CatalogError`` if the file cannot be written.
    static func write(_ text: String, to path: String) throws(CatalogError) {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw error() }
        let isWritten = write(Array(text.utf8), to: descriptor) && fsync(descriptor) == 0
        let failure = errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let reason = isWritten ? errno : failure
            unlink(temporary)
            throw error(reason)
        }
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

    private static func error(_ code: CInt = errno) -> CatalogError { CatalogError(String(cString: strerror(code))) }
}
