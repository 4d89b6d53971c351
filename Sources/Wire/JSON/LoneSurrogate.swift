/// How a surrogate without its partner, which Python texts can hold and Swift texts cannot, is carried: as one of the
/// last 2,048 scalars of the private-use plane 16, which no text in use assigns.
enum LoneSurrogate {
    private static let base: UInt32 = 0x10F800

    static func isSurrogate(_ unit: UInt32) -> Bool { (0xD800..<0xE000).contains(unit) }

    static func scalar(for unit: UInt32) -> UInt32 { base + (unit - 0xD800) }

    /// The surrogate that a scalar stands for, or nil.
    static func unit(for scalar: UInt32) -> UInt32? { scalar >= base ? scalar - base + 0xD800 : nil }
}
