internal import CLinux
internal import Glibc

/// Catches what the process writes to standard output, also what device code and C libraries print, so that it can be
/// sent to the manager.
struct ConsoleCapture: ~Copyable {
    /// The reading end, to be watched.
    let descriptor: Int32
    private var incomplete: [UInt8] = []

    /// Takes over standard output; nil if no descriptor is left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        guard dup2(ends[1], 1) >= 0, clinux_make_nonblocking(ends[0]) == 0 else { return nil }
        close(ends[1])
        clinux_line_buffer_stdout()
        descriptor = ends[0]
    }

    deinit { close(descriptor) }

    /// What was written since the last time, or nil if nothing was. A character of several bytes is not cut in two.
    mutating func read() -> String? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        var bytes = incomplete + buffer[..<count]
        let cut = bytes.count - trailingFragment(of: bytes)
        incomplete = Array(bytes[cut...])
        bytes.removeSubrange(cut...)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// How many bytes at the end are the beginning of a character whose rest has not been read.
    private func trailingFragment(of bytes: [UInt8]) -> Int {
        for back in 1...3 where bytes.count >= back {
            let byte = bytes[bytes.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }
}
