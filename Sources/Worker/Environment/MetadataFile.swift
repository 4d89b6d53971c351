internal import Glibc
internal import RunEngine
internal import Wire

/// Keeps the run engine's metadata, above all the number of the last run, in a file beside the queue.
struct MetadataFile: MetadataStore {
    let path: String

    func load() throws -> JSONObject {
        guard let file = fopen(path, "r") else { return [:] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        guard case .object(let metadata) = try JSONValue(parsing: bytes) else {
            throw CommandRefused("'\(path)' does not hold a JSON object; repair or remove it")
        }
        return metadata
    }

    /// Replaces the file as a whole, so that a crash leaves the old one or the new one.
    func save(_ metadata: JSONObject) throws {
        let draft = path + ".new"
        guard let file = fopen(draft, "w") else { throw failure("write", draft) }
        let bytes = metadata.encoded
        let count = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, count == bytes.count, rename(draft, path) == 0 else { throw failure("write", path) }
    }

    private func failure(_ action: String, _ path: String) -> CommandRefused {
        CommandRefused("Cannot \(action) '\(path)': \(String(cString: strerror(errno)))")
    }
}
