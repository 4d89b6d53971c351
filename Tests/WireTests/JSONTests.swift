import Testing
import Wire

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "[1, 2.0, -3, 1e+20, 0.1, 1e-07]", #"{"b": 1, "a": {"c": []}}"#, "NaN", "[Infinity, -Infinity]",
        "123456789012345678901234567890", "-9223372036854775808", "9007199254740992.0", #""\u00e9\ud83d\ude00\ud800""#,
        #""\"\\\n\u0001""#, "1234567890.123456", "1.7976931348623157e+308",
    ])
    func `a value is printed as it was written`(text: String) throws {
        #expect(try JSONValue(parsing: text).encodedText == text)
    }

    @Test func `integers and floating-point numbers are different`() throws {
        #expect(try JSONValue(parsing: "1") != JSONValue(parsing: "1.0"))
        #expect(try JSONValue(parsing: "1.0").integer == nil)
    }

    @Test func `objects with the same members are equal in any order`() throws {
        let left = try JSONValue(parsing: #"{"a": 1, "b": [2]}"#)
        let right = try JSONValue(parsing: #"{"b": [2], "a": 1}"#)
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
    }

    @Test func `the last of several equal keys wins`() throws {
        #expect(try JSONValue(parsing: #"{"a": 1, "b": 2, "a": 3}"#).encodedText == #"{"a": 3, "b": 2}"#)
    }

    @Test(arguments: [
        ("", "Expecting value: line 1 column 1 (char 0)"),
        ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[1,\n 2", "Expecting ',' delimiter: line 2 column 3 (char 6)"),
        (#"{"a" 1}"#, "Expecting ':' delimiter: line 1 column 6 (char 5)"),
        ("1 2", "Extra data: line 1 column 3 (char 2)"),
        (#""abc"#, "Unterminated string starting at: line 1 column 1 (char 0)"),
        (#""\x""#, "Invalid \\escape: line 1 column 2 (char 1)"),
        ("-", "Expecting value: line 1 column 1 (char 0)"),
    ])
    func `an error names what is wrong and where`(text: String, message: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.description == message)
    }

    @Test func `invalid UTF-8 and deep nesting are refused`() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "[", count: 100_000)) }
    }

    @Test(arguments: ["0.1", "1e23", "5e-324", "2.2250738585072014e-308", "123456789.125e-3", "9.999999999999999e22"])
    func `a number is read as the nearest double`(text: String) throws {
        #expect(try JSONValue(parsing: text).number == Double(text))
    }

    @Test func `a value is shown as Python shows it`() throws {
        let value = try JSONValue(parsing: #"{"a": [null, true, 1, 2.0, "it's", "x\n"], "b": {}}"#)
        #expect(value.pythonRepr == #"{'a': [None, True, 1, 2.0, "it's", 'x\n'], 'b': {}}"#)
        #expect(value.pythonType == "<class 'dict'>")
    }
}
