internal import Wire

extension UserGroupPermissions {
    /// Reads the permissions in a YAML text; `file` is the name of the file for error texts.
    ///
    /// - Throws: ``CatalogError`` with the file and what is wrong in it.
    public init(yaml text: String, file: String) throws(CatalogError) {
        self = try Self.load(file) { () throws(CatalogError) in try Self(YAML.value(of: text)) }
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: ``CatalogError`` with the file and what is wrong in it, or why it cannot be read.
    public init(file path: String) throws(CatalogError) {
        self = try Self.load(path) { () throws(CatalogError) in try Self(YAML.value(of: TextFile.read(path))) }
    }

    private static func load(_ file: String, _ read: () throws(CatalogError) -> Self) throws(CatalogError) -> Self {
        do throws(CatalogError) {
            return try read()
        } catch {
            throw CatalogError("Error while loading user group permissions from file '\(file)': \(error.description)")
        }
    }
}
