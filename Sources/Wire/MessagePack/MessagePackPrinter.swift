extension JSONValue {
    /// The value as MessagePack, each number, text and container in its shortest form, as Python's `msgpack` packs it.
    ///
    /// Floating-point numbers always take 64 bits. MessagePack has no integers beyond 64 bits: these become texts of
    /// their digits, so that one odd number does not make a whole reply impossible.
    public var messagePack: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        encodeMessagePack(into: &bytes)
        return bytes
    }

    /// Appends the value as MessagePack, as ``messagePack``.
    public func encodeMessagePack(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(0xC0)
        case .bool(let value): bytes.append(value ? 0xC3 : 0xC2)
        case .integer(let value): bytes.append(packed: value)
        case .bigInteger(let digits):
            if let number = UInt64(digits) {
                bytes.append(0xCF)
                bytes.append(bigEndian: number)
            } else {
                bytes.append(packed: digits)
            }
        case .double(let value):
            bytes.append(0xCB)
            bytes.append(bigEndian: value.bitPattern)
        case .string(let value): bytes.append(packed: value)
        case .array(let elements):
            bytes.append(containerOf: elements.count, short: 0x90, long: 0xDC)
            for element in elements { element.encodeMessagePack(into: &bytes) }
        case .object(let members):
            bytes.append(containerOf: members.count, short: 0x80, long: 0xDE)
            for (key, value) in members {
                bytes.append(packed: key)
                value.encodeMessagePack(into: &bytes)
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(packed value: Int) {
        switch value {
        case -32...127: append(UInt8(truncatingIfNeeded: value))
        case 128...0xFF: append(0xCC, UInt8(truncatingIfNeeded: value))
        case 0x100...0xFFFF: append(0xCD, UInt16(truncatingIfNeeded: value))
        case 0x1_0000...0xFFFF_FFFF: append(0xCE, UInt32(truncatingIfNeeded: value))
        case 0x1_0000_0000...: append(0xCF, UInt64(truncatingIfNeeded: value))
        case -0x80 ..< -32: append(0xD0, UInt8(truncatingIfNeeded: value))
        case -0x8000 ..< -0x80: append(0xD1, UInt16(truncatingIfNeeded: value))
        case -0x8000_0000 ..< -0x8000: append(0xD2, UInt32(truncatingIfNeeded: value))
        default: append(0xD3, UInt64(truncatingIfNeeded: value))
        }
    }

    fileprivate mutating func append(packed text: String) {
        let count = text.utf8.count
        switch count {
        case 0...31: append(0xA0 | UInt8(truncatingIfNeeded: count))
        case 32...0xFF: append(0xD9, UInt8(truncatingIfNeeded: count))
        case 0x100...0xFFFF: append(0xDA, UInt16(truncatingIfNeeded: count))
        default: append(0xDB, UInt32(truncatingIfNeeded: count))
        }
        append(contentsOf: text.utf8)
    }

    /// The head of an array or a map: `short` has room for the count, `long` and the mark after it have it behind them.
    fileprivate mutating func append(containerOf count: Int, short: UInt8, long: UInt8) {
        switch count {
        case 0...15: append(short | UInt8(truncatingIfNeeded: count))
        case 16...0xFFFF: append(long, UInt16(truncatingIfNeeded: count))
        default: append(long + 1, UInt32(truncatingIfNeeded: count))
        }
    }

    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    private mutating func append(_ mark: UInt8, _ value: some FixedWidthInteger) {
        append(mark)
        append(bigEndian: value)
    }
}
