internal import Synchronization
internal import Wire

/// A new random identifier in the form of a version 4 UUID, for example `0f8fad5b-d9cb-469f-a165-70867728950e`.
public func newUID() -> String { UID.make() }

/// A label with six random hexadecimal digits, for example `trigger-3fa2c1`: a name for a group that nobody else uses.
///
/// Two calls in one process differ until 16 million labels have been made.
public func shortUID(_ label: String) -> String {
    // An odd factor makes the map from the counter to 24 bits one to one, so that no two groups of a plan collide.
    let count = shortCounter.wrappingAdd(1, ordering: .relaxed).newValue
    let digits = (count &* 0x9E_3779) ^ shortSeed
    var text = label
    text.append("-")
    for shift in stride(from: 20, through: 0, by: -4) {
        text.unicodeScalars.append(Unicode.Scalar(hexadecimalDigit(digits >> UInt64(shift))))
    }
    return text
}

private let shortCounter = Atomic<UInt64>(0)
private let shortSeed = UInt64.random(in: 0...UInt64.max)

private func hexadecimalDigit(_ value: UInt64) -> UInt8 {
    let digit = UInt8(truncatingIfNeeded: value & 0xF)
    return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
}
