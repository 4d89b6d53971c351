import Glibc

/// A text that is as it should be, in the folder `Golden` beside the tests.
///
/// After a wanted change, run the tests with `RECORD_GOLDEN=1` in the environment and look at the difference.
public struct GoldenFile {
    private let path: String

    /// The file `Golden/<name>.txt` beside the source file that calls this.
    public init(_ name: String, beside file: String = #filePath) {
        path = file.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Golden/\(name).txt"
    }

    /// What the file says. If texts are to be recorded, it says `text` from now on.
    public func expected(for text: String) throws -> String {
        if getenv("RECORD_GOLDEN") != nil {
            guard let file = fopen(path, "w") else { throw NoFile(path: path) }
            fputs(text, file)
            fclose(file)
        }
        guard let file = fopen(path, "r") else { throw NoFile(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    struct NoFile: Error {
        let path: String
    }
}
