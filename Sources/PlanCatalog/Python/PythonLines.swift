/// How Python cuts texts into lines and words.
enum PythonLines {
    /// The lines with their ends, as `str.splitlines(True)`.
    static func split(_ text: String) -> [String] {
        var lines: [String] = []
        var current = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        var pending = scalars.next()
        while let scalar = pending {
            pending = scalars.next()
            current.append(scalar)
            guard isLineEnd(scalar) else { continue }
            if scalar == "\r", pending == "\n" {
                current.append("\n")
                pending = scalars.next()
            }
            lines.append(String(current))
            current.removeAll(keepingCapacity: true)
        }
        if !current.isEmpty { lines.append(String(current)) }
        return lines
    }

    /// The words, each with the white space behind it.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var current = String.UnicodeScalarView()
        var isInSpace = false
        for scalar in line.unicodeScalars {
            let isSpace = ScalarSet.isSpace(scalar.value, false)
            if isInSpace, !isSpace {
                words.append(String(current))
                current.removeAll(keepingCapacity: true)
            }
            isInSpace = isSpace
            current.append(scalar)
        }
        if !current.isEmpty { words.append(String(current)) }
        return words
    }

    private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
