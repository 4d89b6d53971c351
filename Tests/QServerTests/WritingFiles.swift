import Glibc
import Testing

/// Writes a file.
func writeFile(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
}
