/// Why bytes are no JSON. The text has the form of Python's decoder, which clients of the API know.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, for example `Expecting value`.
    public let reason: String
    /// Offset of the first byte that does not fit.
    public let offset: Int
    /// Line of that byte, from 1.
    public let line: Int
    /// Column of that byte in its line, from 1, counted in bytes.
    public let column: Int

    /// For example `Expecting value: line 1 column 1 (char 0)`.
    public var description: String { "\(reason): line \(line) column \(column) (char \(offset))" }
}
