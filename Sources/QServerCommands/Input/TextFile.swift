internal import Files

/// Files given on the command line.
enum TextFile {
    /// The text of a file.
    ///
    /// - Throws: ``CommandFailure`` that names the file and what is wrong with it.
    static func contents(of path: String) throws -> String {
        do {
            return try WholeFile.text(of: path)
        } catch {
            throw CommandFailure.parameters("cannot read \(path): \(error.reason)")
        }
    }
}
