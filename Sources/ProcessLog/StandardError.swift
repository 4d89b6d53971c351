internal import Glibc

/// Standard error, for the last words of a program to whoever started it.
public enum StandardError {
    /// Writes a line at once.
    public static func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = Glibc.write(2, bytes, bytes.count)
    }
}
