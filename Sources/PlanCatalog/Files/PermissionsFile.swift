internal import Files
internal import Wire
internal import YAML

extension UserGroupPermissions {
    /// Reads the permissions in a YAML text; `file` is the name of the file for error texts.
    ///
    /// - Throws: ``CatalogError`` with the file and what is wrong in it.
    public init(yaml text: String, file: String) throws(CatalogError) {
        let value: JSONValue
        do throws(YAMLError) {
            value = try JSONValue(yaml: text)
        } catch {
            throw Self.failure(file, error.description)
        }
        do throws(CatalogError) {
            try self.init(value)
        } catch {
            throw Self.failure(file, error.description)
        }
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: ``CatalogError`` with the file and what is wrong in it, or why it cannot be read.
    public init(file path: String) throws(CatalogError) {
        let text: String
        do throws(FileError) {
            text = try WholeFile.text(of: path)
        } catch {
            throw Self.failure(path, error.reason)
        }
        try self.init(yaml: text, file: path)
    }

    private static func failure(_ file: String, _ reason: String) -> CatalogError {
        CatalogError("Error while loading user group permissions from file '\(file)': \(reason)")
    }
}
