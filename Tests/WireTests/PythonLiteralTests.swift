import Testing
import Wire

@Suite struct PythonLiteralTests {
    @Test(arguments: [
        ("{'name': 'count', 'args': [['det1', 'det2']]}", #"{"name": "count", "args": [["det1", "det2"]]}"#),
        ("[None, True, False]", "[null, true, false]"),
        (" ( 1 , 2.5 , ) ", "[1, 2.5]"),
        ("()", "[]"), ("(1)", "1"), ("[1, 2,]", "[1, 2]"), ("{}", "{}"), ("{1, 'a'}", #"[1, "a"]"#), ("{1}", "[1]"),
        ("{'a': 1,}", #"{"a": 1}"#),
        ("{1: 'a', None: 2, True: 3, 1.5: 4}", #"{"1": "a", "null": 2, "true": 3, "1.5": 4}"#),
        ("{'a': 1, 'a': 2}", #"{"a": 2}"#),
        ("['it''s', \"it's\", 'a' \"b\"]", #"["its", "it's", "ab"]"#),
        (#"['\ud83d\ude00']"#, #"["\ud83d\ude00"]"#),
        (#"['\n\t\\\'\x41\u00e9\U0001F600\101\q']"#, #"["\n\t\\'A\u00e9\ud83d\ude00A\\q"]"#),
        (#"[r'\d+', R"\n", u'x']"#, #"["\\d+", "\\n", "x"]"#),
        ("['''a\n'b' ''']", #"["a\n'b' "]"#),
    ])
    func `a literal is read as Python reads it`(text: String, json: String) throws {
        #expect(try JSONValue(pythonLiteral: text).encodedText == json)
    }

    @Test(arguments: [
        ("0", "0"), ("-12", "-12"), ("+5", "5"), ("1_000", "1000"), ("0x1F", "31"), ("-0b101", "-5"), ("0o17", "15"),
        ("00", "0"), ("1.", "1.0"), (".5", "0.5"), ("-.5e-3", "-0.0005"), ("1e5", "100000.0"), ("1.e2", "100.0"),
        ("2E+3", "2000.0"), ("-0.0", "-0.0"), ("- 7", "-7"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("1e999", "Infinity"),
    ])
    func `a number is read as Python reads it`(text: String, json: String) throws {
        #expect(try JSONValue(pythonLiteral: "(\(text),)").encodedText == "[\(json)]")
    }

    @Test(arguments: [
        ("", "a value is missing", 0),
        ("{'a': 1", "expected ',' or '}'", 7),
        ("{'a' 1}", "expected ':', ',' or '}'", 5), ("{'a': 1, 'b'}", "expected ':' after the key", 12),
        ("{'a', 'b': 1}", "expected ',' or '}'", 9),
        ("[1 2]", "expected ',' or ']'", 3),
        ("[,]", "a value cannot begin with ','", 1),
        ("(1, 2", "expected ',' or ')'", 5),
        ("{'a': true}", "in Python, 'true' is written True", 6),
        ("[det1]", "'det1' is no value; texts need quotes", 1),
        ("'abc", "the text that begins here has no closing quote", 0),
        ("['a\nb']", "the text that begins here has no closing quote", 1),
        (#"'\xZZ'"#, "\\x needs 2 hexadecimal digits", 1),
        (#"'\N{BULLET}'"#, "characters by name (\\N{...}) are not supported", 1),
        ("{[1]: 2}", "a key must be a text or a number", 1),
        ("(012,)", "this is no number", 1), ("(1__0,)", "this is no number", 1), ("(1.2.3,)", "this is no number", 1),
        ("(2j,)", "this is no number", 1), ("(--1,)", "this is no number", 1),
        ("1 'a'", "the value ends before this", 2),
        ("__import__('os')", "'__import__' is no value; texts need quotes", 0),
    ])
    func `what is no literal is refused with its place`(text: String, reason: String, offset: Int) {
        let error = #expect(throws: PythonLiteralError.self) { try JSONValue(pythonLiteral: text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test func `nesting without end is refused`() {
        let error = #expect(throws: PythonLiteralError.self) {
            try JSONValue(pythonLiteral: String(repeating: "[", count: 100_000) + "None")
        }
        #expect(error?.reason == "values are nested too deeply")
    }

    @Test func `an error shows the line and marks the place`() {
        let error = #expect(throws: PythonLiteralError.self) {
            try JSONValue(pythonLiteral: "{'name': 'count',\n 'args': [det1]}")
        }
        #expect(
            error?.description == """
                'det1' is no value; texts need quotes at character 29:
                     'args': [det1]}
                              ^
                """
        )
    }
}
