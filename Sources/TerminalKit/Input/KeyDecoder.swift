/// Makes keys of the bytes that a terminal sends.
///
/// Text that is pasted is no key: the terminal marks it (see ``ScreenPainter/begin``), and it is passed over.
package struct KeyDecoder: Sendable {
    private var pending: [UInt8] = []
    private var isPasting = false
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    package init() {}

    /// Whether something has begun that may be a key by itself or the beginning of a longer one. If nothing more comes
    /// within some 50 ms, call ``flush()``.
    package var isUndecided: Bool { !pending.isEmpty && !isPasting }

    /// Takes in bytes and returns the keys that are complete.
    package mutating func decode(_ bytes: some Sequence<UInt8>) -> [Key] {
        pending.append(contentsOf: bytes)
        var keys: [Key] = []
        while !pending.isEmpty {
            if isPasting {
                guard skipPastedText() else { break }
            } else if let (key, count) = next() {
                pending.removeFirst(count)
                if let key { keys.append(key) }
            } else {
                break
            }
        }
        return keys
    }

    /// Takes what has begun for what it is by itself.
    package mutating func flush() -> [Key] {
        guard isUndecided else { return [] }
        let isEscape = pending == [0x1B]
        pending = []
        return [isEscape ? .escape : .other]
    }

    private mutating func skipPastedText() -> Bool {
        if let end = pending.firstRange(of: KeyDecoder.pasteEnd) {
            pending.removeSubrange(..<end.upperBound)
            isPasting = false
            return true
        }
        pending = pending.suffix(KeyDecoder.pasteEnd.count - 1)
        return false
    }

    /// The first key and how many bytes it takes; nil if it is not complete.
    private mutating func next() -> (Key?, Int)? {
        switch pending[0] {
        case 0x1B: escapeSequence()
        case 0x0D, 0x0A: (.enter, 1)
        case 0x09: (.tab, 1)
        case 0x7F, 0x08: (.backspace, 1)
        case 0x01...0x1A: (.control(Character(Unicode.Scalar(pending[0] + 0x60))), 1)
        case 0x00...0x1F: (.other, 1)
        case 0x20..<0x80: (.character(Character(Unicode.Scalar(pending[0]))), 1)
        default: character()
        }
    }

    private func character() -> (Key?, Int)? {
        let length =
            switch pending[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        if length == 1 { return (.other, 1) }
        for index in 1..<length {
            guard index < pending.count else { return nil }
            guard pending[index] & 0xC0 == 0x80 else { return (.other, index) }
        }
        let text = String(decoding: pending[..<length], as: UTF8.self)
        return (text.first.map(Key.character) ?? .other, length)
    }

    private mutating func escapeSequence() -> (Key?, Int)? {
        guard pending.count > 1 else { return nil }
        switch pending[1] {
        case UInt8(ascii: "["): return controlSequence()
        case UInt8(ascii: "O"):
            guard pending.count > 2 else { return nil }
            return (KeyDecoder.key(final: pending[2], parameters: ""), 3)
        // Two escapes: the first one is a key.
        case 0x1B: return (.escape, 1)
        // A key with Alt.
        default: return (.other, 2)
        }
    }

    private mutating func controlSequence() -> (Key?, Int)? {
        var end = 2
        while end < pending.count, (0x20...0x3F).contains(pending[end]) { end += 1 }
        // The Linux console sends function keys as ESC [ [ and a letter.
        if end == 2, end < pending.count, pending[end] == UInt8(ascii: "[") {
            return pending.count > 3 ? (.other, 4) : nil
        }
        guard end < pending.count else { return end < 32 ? nil : (.other, end) }
        let parameters = String(decoding: pending[2..<end], as: UTF8.self)
        if parameters == "200", pending[end] == UInt8(ascii: "~") {
            isPasting = true
            return (nil, end + 1)
        }
        return (KeyDecoder.key(final: pending[end], parameters: parameters), end + 1)
    }

    private static func key(final: UInt8, parameters: String) -> Key {
        let hasShift = parameters.hasSuffix(";2")
        return switch Character(Unicode.Scalar(final)) {
        case "A": hasShift ? .shiftUp : .up
        case "B": hasShift ? .shiftDown : .down
        case "C": .right
        case "D": .left
        case "H": .home
        case "F": .end
        case "Z": .backTab
        case "M" where parameters.isEmpty: .enter
        case "~":
            switch parameters.prefix(while: { $0 != ";" }) {
            case "1", "7": .home
            case "2": .insert
            case "3": .delete
            case "4", "8": .end
            case "5": .pageUp
            case "6": .pageDown
            default: .other
            }
        default: .other
        }
    }
}
