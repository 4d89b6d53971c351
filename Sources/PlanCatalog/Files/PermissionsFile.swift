extension UserGroupPermissions {
    /// Reads the permissions in a YAML text; `file` is the name of the file for error texts.
    ///
    /// - Throws: ``CatalogError`` with the file and what is wrong in it.
    public init(yaml text: String, file: String) throws(CatalogError) {
        let prefix = "Error while loading user group permissions from file '\(file)': "
        do throws(CatalogError) {
            try self.init(YAML.value(of: text, file: ""))
        } catch {
            throw CatalogError(prefix + error.description)
        }
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: ``CatalogError`` with the file and what is wrong in it.
    public init(file path: String) throws(CatalogError) {
        try self.init(yaml: TextFile.read(path), file: path)
    }
}
