internal import Glibc

/// Why a file cannot be read or written.
public struct FileError: Error, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What is wrong with it, for example `No such file or directory`.
    public let reason: String

    /// An error with this reason.
    public init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }

    /// The error that the last call of the system has left.
    init(_ path: String, code: CInt = errno) { self.init(path, String(cString: strerror(code))) }

    /// For example `'/etc/lists.yaml': Permission denied`.
    public var description: String { "'\(path)': \(reason)" }
}
