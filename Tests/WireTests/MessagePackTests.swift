import Testing
import Wire

@Suite struct MessagePackTests {
    /// Bytes as Python's msgpack 1.0 packs the values.
    @Test func `a value is packed byte for byte as Python packs it`() throws {
        let value = try JSONValue(
            parsing: #"{"a": [1, -1, 200, 70000, 5000000000, -40, -200, 1.5, true, null, "\#(forty)"]}"#
        )
        let text = """
            81a1619b01ffccc8ce00011170cf000000012a05f200d0d8d1ff38cb3ff8000000000000c3c0d928\
            78787878787878787878787878787878787878787878787878787878787878787878787878787878
            """
        #expect(hexadecimal(value.messagePack) == text)
    }

    private let forty = String(repeating: "x", count: 40)

    @Test(arguments: [
        "null", "[true, false]", "[0, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, 9223372036854775807]",
        "[-1, -32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649, -9223372036854775808]",
        "18446744073709551615", "[0.1, -0.0, Infinity, -Infinity, 1e+300]", #"{"b": {"a": []}, "": {}}"#,
        #""\u00e9\ud83d\ude00""#,
    ])
    func `a value is read as it was packed`(text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(try JSONValue(parsingMessagePack: value.messagePack).encodedText == text)
    }

    @Test(arguments: [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536])
    func `texts, lists and maps of each size are read as they were packed`(count: Int) throws {
        let text = JSONValue.string(String(repeating: "x", count: count))
        let list = JSONValue.array(Array(repeating: 1, count: count))
        let map = JSONValue.object(JSONObject((0..<count).map { ("\($0)", .integer($0)) }))
        for value in [text, list, map] {
            #expect(try JSONValue(parsingMessagePack: value.messagePack) == value)
        }
    }

    @Test func `NaN remains NaN, and single precision is read`() throws {
        let value = try JSONValue(parsingMessagePack: JSONValue.double(.nan).messagePack)
        #expect(value.number?.isNaN == true)
        #expect(try JSONValue(parsingMessagePack: [0xCA, 0x3F, 0xC0, 0, 0]) == 1.5)
    }

    @Test(arguments: ["123456789012345678901234567890", "-9223372036854775809", "18446744073709551616"])
    func `an integer beyond 64 bits is packed as the text of its digits`(digits: String) throws {
        let packed = JSONValue.bigInteger(digits).messagePack
        #expect(try JSONValue(parsingMessagePack: packed) == .string(digits))
    }

    @Test(
        arguments: [
            ([], "ends inside"), ([0x92, 0x01], "ends inside a value (byte 0)"),
            ([0xDD, 0xFF, 0xFF, 0xFF, 0xFF], "ends"),
            ([0xDF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00], "ends inside"),
            ([0xDB, 0xFF, 0xFF, 0xFF, 0xFF, 0x61], "ends inside"),
            ([0xCF, 0x01], "ends inside"), ([0xD9], "ends inside"), ([0x01, 0x02], "more after the value (byte 1)"),
            ([0xC1], "begins no value"), ([0xC4, 0x01, 0x00], "Binary data"), ([0xD4, 0x01, 0x00], "Extension types"),
            ([0xC7, 0x01, 0x00, 0x00], "Extension types"), ([0x81, 0x01, 0x02], "must be texts (byte 1)"),
            ([0xA1, 0xFF], "not UTF-8"), ([0x91, 0xA1, 0xC3], "not UTF-8 (byte 1)"),
        ] as [([UInt8], String)]
    )
    func `malformed bytes are refused with a reason`(bytes: [UInt8], reason: String) {
        let error = #expect(throws: MessagePackError.self) { try JSONValue(parsingMessagePack: bytes) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func `nesting is limited`() throws {
        let limit = JSONValue.maximumDepth
        let deepest = Array(repeating: UInt8(0x91), count: limit) + [0xC0]
        #expect(try JSONValue(parsingMessagePack: deepest).messagePack == deepest)
        #expect(throws: MessagePackError.self) { try JSONValue(parsingMessagePack: [0x91] + deepest) }
        #expect(throws: MessagePackError.self) {
            try JSONValue(parsingMessagePack: Array(repeating: UInt8(0x91), count: 1_000_000))
        }
    }

    @Test func `each cut of a message is refused`() throws {
        let value: JSONValue = ["method": "queue_get", "params": ["pos": 300, "list": [1.5, "text", nil]]]
        let packed = value.messagePack
        for count in 0..<packed.count {
            #expect(throws: MessagePackError.self) { try JSONValue(parsingMessagePack: packed.prefix(count)) }
        }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
