import Testing
import Wire

@testable import QServerCommands

@Suite struct YAMLTests {
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
        ("", "null"), ("~", "null"), ("yes", "true"), ("Off", "false"), ("12", "12"), ("-1.5e3", "-1500.0"),
        ("'12'", #""12""#), ("1.2.3", #""1.2.3""#), ("a b", #""a b""#), ("2026-11-21", #""2026-11-21""#),
    ])
    func `unquoted scalars get their types`(text: String, json: String) throws {
        #expect(try JSONValue(yaml: text).encodedText == json)
    }

    @Test(arguments: [
        ("a: [1", 2, 1), ("a: b: c", 1, 5), ("a: 1\na: 2", 2, 1), ("a: &x 1\nb: *x", 2, 4), ("a: !!int 1", 1, 4),
        ("[a]: 1", 1, 1), ("a: 1\n---\nb: 2", 2, 1),
    ])
    func `what is not supported is refused with its place`(text: String, line: Int, column: Int) {
        let error = #expect(throws: YAMLError.self) { try JSONValue(yaml: text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }
}
