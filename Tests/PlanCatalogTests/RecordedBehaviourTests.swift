import Testing
import Wire

@testable import PlanCatalog
@testable import YAML

/// What record.py recorded: the behaviour of the original server's functions and of Python.
@Suite struct RecordedBehaviourTests {
    @Test func `values fit types as recorded`() throws {
        let recorded = try Fixtures.recorded("types")
        let values = recorded["values"]?.elements ?? []
        for type in recorded["types"]?.elements ?? [] {
            let annotation = try #require(type["annotation"])
            let plan = try Self.plan([["name": "x", "kind": ["value": 1], "annotation": annotation]])
            for (value, answer) in zip(values, type["answers"]?.elements ?? []) {
                let outcome = Outcome {
                    _ = try plan.bind(["args": [value]]); return true
                }
                let place = "\(annotation["type"]?.string ?? "") \(value.encodedText)"
                switch (outcome, answer) {
                case (.value, .bool(true)): break
                case (.error(let text), .string(let expected)): #expect(text == expected, "\(place)")
                case (.error(let text), .bool(false)): #expect(!text.isEmpty)
                default: Issue.record("\(place): \(outcome), recorded \(answer)")
                }
            }
        }
    }

    @Test func `arguments are bound to parameters as recorded`() throws {
        for call in try Fixtures.recorded("bindings").elements {
            let signature = try Self.plan(call["parameters"]?.elements ?? []).parameters
            let outcome = Outcome {
                let binding = try ArgumentBinding(signature, args: call["args"], kwargs: call["kwargs"])
                return JSONObject(binding.bound.map { (signature[$0.index].name, $0.value.json) })
            }
            switch outcome {
            case .value(let bound): #expect(JSONValue.object(bound) == call["value"], "\(call.encodedText)")
            case .error(let text): #expect(.string(text) == call["error"], "\(call.encodedText)")
            }
        }
    }

    @Test func `numbers are compared with limits as recorded`() throws {
        for call in try Fixtures.recorded("ranges").elements {
            let plan = try Self.plan(call["parameters"]?.elements ?? [])
            let outcome = Outcome {
                _ = try plan.bind(["args": call["args"] ?? []]); return true
            }
            switch (outcome, call["answer"]) {
            case (.value, .bool(true)?): break
            case (.error(let text), .string(let expected)?): #expect(expected.hasPrefix(text), "\(call.encodedText)")
            default: Issue.record("\(call.encodedText): \(outcome)")
            }
        }
    }

    @Test func `regular expressions match as Python's`() throws {
        let recorded = try Fixtures.recorded("expressions")
        let texts = recorded["texts"]?.texts ?? []
        for expression in recorded["expressions"]?.elements ?? [] {
            let pattern = try #require(expression.elements.first?.string)
            let outcome = Outcome {
                let expression = try RegularExpression(pattern)
                return try texts.map { try expression.matches(in: $0) }
            }
            switch (outcome, expression.elements.last?.array) {
            case (.value(let matches), let expected?):
                for (text, (actual, expected)) in zip(texts, zip(matches, expected)) {
                    #expect(actual == expected.bool, "\(pattern) in '\(text)'")
                }
            case (.error, nil): break
            default: Issue.record("\(pattern): \(outcome)")
            }
        }
    }

    @Test func `devices and plans are filtered as recorded`() throws {
        let lists = try Fixtures.lists()
        let few = ["sim_bundle_A", "det", "det1", "det3", "motor", "motor1", "flyer1", "custom_test_flyer"]
        let existing = NamedList(few.compactMap { name in lists.devices[name].map { (name, $0) } })
        for rule in try Fixtures.recorded("patterns").elements {
            let allowed = (rule["allowed"]?.elements ?? []).map(\.string)
            let forbidden = (rule["forbidden"]?.elements ?? []).map(\.string)
            let devices = try? DeviceFilter(allowed: allowed, forbidden: forbidden).filtered(existing)
            #expect(
                devices.map { Self.names(of: $0) } == rule["devices"]?.texts,
                "\(rule["allowed"]) \(rule["forbidden"])"
            )
            let rules = NameRules(allowed: allowed, forbidden: forbidden)
            let plans = try? lists.plans.names.filter { try rules.allow($0) }
            #expect(plans?.sorted() == rule["plans"]?.texts, "\(rule["allowed"]) \(rule["forbidden"])")
        }
    }

    @Test func `patterns in annotations stand for the recorded names`() throws {
        let lists = try Fixtures.lists()
        for case let pair in try Fixtures.recorded("expansions").elements {
            let pattern = try #require(pair.elements.first?.string)
            let annotation = Annotation(type: "D", devices: NamedList([("D", [pattern, "det"])]))
            let expanded = try? annotation.expanded(devices: lists.devices, plans: lists.plans)
            #expect(expanded?.devices?["D"] == pair.elements.last?.texts, "\(pattern)")
        }
    }

    @Test func `values are laid out as Python's pprint does it`() throws {
        for pair in try Fixtures.recorded("prints").elements {
            #expect(pair.elements.first?.pythonPrettyPrinted == pair.elements.last?.string)
        }
    }

    @Test func `literals are read as Python reads them`() throws {
        for pair in try Fixtures.recorded("literals").elements {
            let text = try #require(pair.elements.first?.string)
            #expect((try? JSONValue(pythonLiteral: text)) == pair.elements.last?["value"], "\(text)")
        }
    }

    @Test func `plain words in YAML mean what PyYAML makes of them`() throws {
        for pair in try Fixtures.recorded("scalars").elements {
            let text = try #require(pair.elements.first?.string)
            let value = YAMLScalar.value(of: text)
            let expected = pair.elements.last
            #expect(value == expected || (value.number?.isNaN == true && expected == "nan"), "\(text)")
        }
    }

    private static func plan(_ parameters: [JSONValue]) throws -> CompiledPlan {
        CompiledPlan(try PlanDescription(["name": "p", "parameters": .array(parameters)]))
    }

    private static func names(of devices: NamedList<DeviceDescription>, _ prefix: String = "") -> [String] {
        devices.names.sorted {
            Array($0.unicodeScalars.map(\.value)).lexicographicallyPrecedes($1.unicodeScalars.map(\.value))
        }
        .flatMap { name -> [String] in
            guard let device = devices[name] else { return [] }
            return [prefix + name + (device.isExcluded ? "!" : "")]
                + names(of: device.components, prefix + name + ".")
        }
    }
}
