internal import Files
public import Wire

extension JSONValue {
    /// Reads a YAML document with the meaning that PyYAML's loader gives it (YAML 1.1: `yes` is true, `1_000` a number).
    /// It is null if the document is empty.
    ///
    /// - Throws: ``YAMLError`` with the line and the column.
    public init(yaml text: String) throws(YAMLError) {
        var reader = try NodeReader(text)
        self = try reader.document()
    }

    /// Reads a file as ``init(yaml:)`` does.
    ///
    /// - Throws: ``YAMLError`` with the file, and the line and the column if it is no YAML.
    public init(yamlFile path: String) throws(YAMLError) {
        let text: String
        do throws(FileError) {
            text = try WholeFile.text(of: path)
        } catch {
            throw YAMLError(place: path, reason: error.reason)
        }
        do throws(YAMLError) {
            try self.init(yaml: text)
        } catch {
            throw YAMLError(place: error.place.isEmpty ? path : "\(path): \(error.place)", reason: error.reason)
        }
    }

    /// The value as a YAML document in block style and ASCII, which PyYAML reads as the same value.
    public var yamlText: String {
        var writer = YAMLWriter()
        writer.document(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
