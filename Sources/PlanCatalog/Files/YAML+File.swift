public import Wire

extension YAML {
    /// Reads a file.
    ///
    /// - Throws: ``CatalogError`` with the file, and the line and the column if it is no YAML.
    public static func value(file path: String) throws(CatalogError) -> JSONValue {
        do throws(CatalogError) {
            return try value(of: try TextFile.read(path))
        } catch {
            throw error.place.contains(path) ? error : CatalogError(place: path, error.description)
        }
    }
}
