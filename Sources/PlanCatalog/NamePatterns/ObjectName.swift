/// Names of plans, devices and components such as `sim_bundle_A.dets.det_A`.
enum ObjectName {
    /// The parts between the dots, or nil if `text` is no name. Spaces do not count.
    static func components(of text: String) -> [String]? {
        let name = withoutSpaces(text)
        guard isName(name) else { return nil }
        let components = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard components.allSatisfy({ !$0.isEmpty }) else { return nil }
        return components.map { String($0) ?? "" }
    }

    static func withoutSpaces(_ text: String) -> String {
        text.utf8.contains(UInt8(ascii: " ")) ? text.filter { $0 != " " } : text
    }

    /// Letters, digits, underscores and dots; no digit or dot first, no dot last.
    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isLetter(first), last != UInt8(ascii: ".") else {
            return false
        }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: ".") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
