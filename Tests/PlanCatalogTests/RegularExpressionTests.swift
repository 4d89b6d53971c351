import Testing
import Wire

@testable import PlanCatalog

@Suite struct RegularExpressionTests {
    @Test(arguments: ["(a+)+$", "(a|aa)+$", "(.*)*x", "(?:.*.*.*.*.*.*)*x", "^(a?){20}a{20}b$"])
    func `an expression that would take for ever is given up`(pattern: String) throws {
        let expression = try RegularExpression(pattern)
        #expect(throws: CatalogError.self) { try expression.matches(in: String(repeating: "a", count: 60) + "!") }
    }

    @Test(arguments: [
        String(repeating: "(", count: 50_000), String(repeating: "(?:", count: 2_000), "a{1000000}",
        "((a{1000}){1000}){1000}",
        "a{99999999999999999999}", #"\U99999999"#, "(?(99999999999999999999)a)", #"\99"#, "(?P<", "(?", "[", "[a-",
        #"\"#, #"[\"#,
        "(?#", "(?i", "(?i-", "(?P=", "(?<", #"\x"#, "a{2,1}", "(?P<n>a)(?P<n>b)",
    ])
    func `an expression of any form is answered, not crashed on`(pattern: String) {
        #expect(throws: CatalogError.self) { try RegularExpression(pattern) }
    }

    @Test func `random expressions neither crash nor hang`() {
        let pieces = [
            "a", "b", "(", ")", "[", "]", "*", "+", "?", "{2}", "{,3}", "|", "^", "$", "\\", "\\1", "(?:", "(?=",
            "(?<!", "(?P<n>", "(?(1)", ".", "-", "\\b", "\\d",
        ]
        var generator = SteadyGenerator(state: 3)
        for _ in 0..<2_000 {
            let count = Int.random(in: 1...12, using: &generator)
            let pattern = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            _ = try? RegularExpression(pattern).matches(in: "aabab1b")
        }
    }
}
