import Testing
import Wire

@testable import PlanCatalog
@testable import YAML

@Suite struct TypeTests {
    @Test(arguments: [
        (#"{"type": "foo"}"#, "Failed to process annotation 'foo': name 'foo' is not defined"),
        (#"{"type": "list[int"}"#, "Failed to process annotation 'list[int': ']' is missing"),
        (#"{"type": "int |"}"#, "Failed to process annotation 'int |': invalid syntax"),
        (
            #"{"type": "int", "devices": {"Motors": []}}"#,
            "Failed to process annotation 'int': Type 'Motors' is defined in the annotation, but not used in the parameter type"
        ),
        (
            #"{"type": "int", "x": 1}"#,
            "Failed to process annotation 'int': Annotation contains unsupported keys: ['x']. Supported keys: ('type', 'devices', 'plans', 'enums')"
        ),
    ])
    func `a type that is not understood is reported with the first item`(annotation: String, message: String) throws {
        let parameter: JSONValue = [
            "name": "x", "kind": ["value": 1], "annotation": try JSONValue(parsing: annotation),
        ]
        let plan = CompiledPlan(try PlanDescription(["name": "p", "parameters": [parameter]]))
        let error = #expect(throws: ItemError.self) { try plan.bind(["args": [1]]) }
        #expect(error?.description == message)
    }

    @Test func `a default that cannot be read is reported, if the plan needs it`() throws {
        var parameter = ParameterDescription(name: "x", defaultValue: "f()")
        #expect(CompiledPlan(PlanDescription(name: "p", parameters: [parameter])).problem == nil)
        parameter.isDefaultDefinedInDecorator = true
        let problem = CompiledPlan(PlanDescription(name: "p", parameters: [parameter])).problem
        #expect(problem?.description.hasPrefix("Failed to decode the default value 'f()': ") == true)
    }

    @Test func `reports on long lists stay short`() throws {
        let names = (0..<5_000).map { "det\($0)" }
        let annotation = Annotation(type: "list[D]", devices: NamedList([("D", names)]))
        let plan = CompiledPlan(
            PlanDescription(name: "p", parameters: [ParameterDescription(name: "x", annotation: annotation)])
        )
        let wrong = JSONValue.array(Array(repeating: "x", count: 10_000))
        let error = #expect(throws: ItemError.self) { try plan.bind(["args": [wrong]]) }
        #expect(error?.description.hasPrefix("100 validation errors for Model\nx.0\n") == true)
        #expect(error?.description.contains("'det99' or one of 4900 more") == true)
    }

    @Test func `types and literals of any form are answered, not crashed on`() {
        let pieces = [
            "int", "[", "]", "(", ")", ",", "|", "'", "\"", "\\", "typing.Literal", "typing.Callable", "dict", "tuple",
            "...", " ",
            "-", "1", "e", ".", "{", "}", ":", "r", "_", "\u{e9}", "x", "None", "typing.Annotated",
        ]
        var generator = SteadyGenerator(state: 5)
        for _ in 0..<5_000 {
            let count = Int.random(in: 0...10, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            _ = try? TypeParser.type(text, choices: [:])
            _ = try? JSONValue(pythonLiteral: text)
            _ = YAMLScalar.value(of: text)
            _ = try? NamePattern(text)
        }
        for deep in ["[", "(", "{", "list[", "typing.Callable[[", "typing.Callable[[[", "'"] {
            let text = String(repeating: deep, count: 20_000)
            #expect(throws: CatalogError.self) { try TypeParser.type(text, choices: [:]) }
            #expect(throws: CatalogError.self) { try TypeParser.type("typing.Callable[" + text, choices: [:]) }
            #expect(throws: PythonLiteralError.self) { try JSONValue(pythonLiteral: text + "[") }
        }
    }
}
