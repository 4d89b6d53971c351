internal import Files
internal import RunEngine
internal import Wire

/// Keeps the run engine's metadata, above all the number of the last run, in a file beside the queue.
struct MetadataFile: MetadataStore {
    let path: String

    func load() throws -> JSONObject {
        guard WholeFile.exists(path) else { return [:] }
        guard case .object(let metadata) = try JSONValue(parsing: WholeFile.bytes(of: path)) else {
            throw CommandRefused("'\(path)' does not hold a JSON object; repair or remove it")
        }
        return metadata
    }

    /// Replaces the file as a whole, so that a crash leaves the old one or the new one.
    func save(_ metadata: JSONObject) throws {
        do {
            // To wait for the disk would cost each run milliseconds.
            try WholeFile.replace(path, with: metadata.encoded, isDurable: false)
        } catch {
            throw CommandRefused("Cannot write \(error)")
        }
    }
}
