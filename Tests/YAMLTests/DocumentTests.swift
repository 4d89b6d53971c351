import Testing
import Wire
import YAML

@Suite struct DocumentTests {
    @Test func `permissions are read with lists, quotes and comments`() throws {
        let text = """
            user_groups:
              root:  # everyone
                allowed_plans:
                  - null  # all
                forbidden_plans: [":^_", ~]
                allowed_devices:
                - ":?.*:depth=5"
                - 'it''s'
                - plain
            """
        #expect(
            try JSONValue(yaml: text).encodedText
                == #"{"user_groups": {"root": {"allowed_plans": [null], "forbidden_plans": [":^_", null], "#
                + #""allowed_devices": [":?.*:depth=5", "it's", "plain"]}}}"#
        )
    }

    @Test(arguments: [
        ("", "null"), ("~", "null"), ("yes", "true"), ("Off", "false"), ("12", "12"), ("-1.5e+3", "-1500.0"),
        ("1.5e3", #""1.5e3""#),
        ("'12'", #""12""#), ("1.2.3", #""1.2.3""#), ("a b", #""a b""#), ("2026-11-21", #""2026-11-21""#),
    ])
    func `unquoted scalars get their types`(text: String, json: String) throws {
        #expect(try JSONValue(yaml: text).encodedText == json)
    }

    @Test(arguments: [
        ("a: [1", "line 2, column 1"), ("a: b: c", "line 1, column 5"), ("a: 1\na: 2", "line 2, column 1"),
        ("a: 1\nb: *x", "line 2, column 4"), ("[a]: 1", "line 1, column 1"), ("a: 1\n---\nb: 2", "line 2, column 1"),
        ("a: {<<: 1}", "line 1, column 5"), ("a: \u{7}", "byte 3"),
    ])
    func `what is no YAML is refused with its place`(text: String, place: String) {
        let error = #expect(throws: YAMLError.self) { try JSONValue(yaml: text) }
        #expect(error?.place == place)
    }

    @Test func `anchors, merge keys and tags mean what they mean in YAML`() throws {
        let value = try JSONValue(
            yaml: "base: &b {x: 1, y: 2}\nother: {<<: *b, y: 3}\ntext: !!str 5\ntuple: !!python/tuple [1]\n1: a"
        )
        #expect(value == ["base": ["x": 1, "y": 2], "other": ["x": 1, "y": 3], "text": "5", "tuple": [1], "1": "a"])
        #expect(try JSONValue(yaml: "") == nil)
    }

    @Test func `documents that would fill the memory or the stack are refused`() {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        for (name, previous) in zip("bcdefghij", "abcdefghi") {
            bomb += "\(name): &\(name) [" + Array(repeating: "*\(previous)", count: 10).joined(separator: ", ") + "]\n"
        }
        #expect(throws: YAMLError.self) { try JSONValue(yaml: bomb) }
        #expect(throws: YAMLError.self) { try JSONValue(yaml: String(repeating: "[", count: 5_000)) }
        let nested = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        #expect(throws: YAMLError.self) { try JSONValue(yaml: nested) }
    }

    @Test func `a value that is written is read back`() throws {
        let value = try JSONValue(
            parsing:
                #"{"a": [], "b": {}, "c": [1, 2.5, null, {"x": "yes", "y": [[1]]}], "d": "1", "e f": "a: b\né\u0007"}"#
        )
        #expect(try JSONValue(yaml: value.yamlText) == value)
    }

    @Test func `a file that cannot be read is named`() {
        let error = #expect(throws: YAMLError.self) { try JSONValue(yamlFile: "/nowhere/lists.yaml") }
        #expect(error?.description == "/nowhere/lists.yaml: No such file or directory")
    }

    @Test func `keys that are too long for a colon are written as YAML wants them`() throws {
        let long = String(repeating: "\u{fffd}", count: 300)
        let nested: JSONValue = [long: ["b": [long: "c", "d": nil]]]
        let value: JSONValue = [long: 1, "a": [nested, 2], String(repeating: "k", count: 1_100): [1, [:]]]
        #expect(try JSONValue(yaml: value.yamlText) == value)
    }
}
