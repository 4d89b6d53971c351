internal import Glibc
internal import Wire

/// Writes each document as one line of JSON: `{"name": "start", "doc": {…}}`.
public final class JSONLinesSink: DocumentSink {
    private let write: @Sendable ([UInt8]) throws -> Void

    /// Hands each line, with its line feed, to `write`.
    public init(write: @escaping @Sendable ([UInt8]) throws -> Void) { self.write = write }

    /// Appends to the file at `path`, which is made if it does not exist. Each line is one write.
    ///
    /// - Throws: ``FileError`` if the file cannot be opened; later, from `receive`, if it cannot be written.
    public convenience init(path: String) throws {
        let file = try AppendingFile(path: path)
        self.init { try file.append($0) }
    }

    /// Writes the document.
    public func receive(_ document: Document) throws {
        let line: JSONObject = ["name": .string(document.name.rawValue), "doc": .object(document.json)]
        var bytes = line.encoded
        bytes.append(UInt8(ascii: "\n"))
        try write(bytes)
    }
}

/// A file that cannot be opened or written.
public struct FileError: Error, Hashable, CustomStringConvertible {
    /// What failed, on which file, and the system's reason.
    public let description: String

    init(_ action: String, _ path: String, _ code: Int32) {
        description = "Cannot \(action) '\(path)': \(String(cString: strerror(code)))."
    }
}

private final class AppendingFile: Sendable {
    private let descriptor: Int32
    private let path: String

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw FileError("open", path, errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func append(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("write", path, errno)
            }
            rest = rest.dropFirst(count)
        }
    }
}
