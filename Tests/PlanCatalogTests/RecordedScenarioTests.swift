import PlanCatalog
import Testing
import Wire

/// Requests that were recorded with the original server, and what it replied.
@Suite struct RecordedScenarioTests {
    @Test func `items are accepted and refused as recorded`() throws {
        let catalog = try Fixtures.catalog()
        var count = 0
        for step in try Fixtures.json("item_validation.json")["steps"]?.elements ?? [] {
            guard let request = step["request"], request["method"] == "queue_item_add",
                let item = request["params"]?["item"]?.object, let group = request["params"]?["user_group"]?.string
            else { continue }
            count += 1
            let outcome = Outcome {
                try catalog.validate(item, group: group); return ""
            }
            Self.compare(outcome, with: step, prefix: "Failed to add an item: ")
        }
        #expect(count == 116)
    }

    @Test func `function calls are accepted and refused as recorded`() throws {
        let catalog = try Fixtures.catalog()
        var count = 0
        for step in try Fixtures.json("functions_tasks.json")["steps"]?.elements ?? [] {
            guard let request = step["request"], request["method"] == "function_execute",
                let item = request["params"]?["item"]?.object, item["item_type"] == "function",
                let group = request["params"]?["user_group"]?.string, catalog.groups.contains(group),
                let message = step["expect"]?["msg"]?.string
            else { continue }
            // What depends on the environment and on the state of the manager is decided elsewhere.
            guard !message.contains("environment is not open"), !message.contains("Failed to start the task"),
                !message.contains("unsupported parameters")
            else { continue }
            count += 1
            let outcome = Outcome {
                try catalog.validate(item, group: group); return ""
            }
            Self.compare(outcome, with: step, prefix: "Error: ")
        }
        #expect(count > 25)
    }

    @Test func `lists are cut for each group as recorded`() throws {
        let catalog = try Fixtures.catalog()
        try Self.compareLists("plans_devices_lists.json", start: catalog) { _ in true }
    }

    @Test func `lists follow the permissions as recorded`() throws {
        let start = try Fixtures.catalog([
            "user_groups": [
                "root": ["allowed_plans": [nil], "allowed_devices": [nil], "allowed_functions": [nil]],
                "primary": [
                    "allowed_plans": ["count", "scan"], "allowed_devices": [":^det"],
                    "allowed_functions": ["function_sleep"],
                ],
            ]
        ])
        // From the first reload on the scenario is about files.
        try Self.compareLists("permissions.json", start: start) { $0["method"] != "permissions_reload" }
    }

    // MARK: Comparing

    /// Plays the requests that set and show lists until `isPure` says no.
    private static func compareLists(_ file: String, start: Catalog, isPure: (JSONValue) -> Bool) throws {
        var catalog = start
        var count = 0
        for step in try Fixtures.json(file)["steps"]?.elements ?? [] {
            guard let request = step["request"], let method = request["method"]?.string else { continue }
            guard isPure(request) else { break }
            let group = request["params"]?["user_group"]?.string
            let bytes: [UInt8]?
            switch (method, group) {
            case ("permissions_set", _):
                try set(request, step, &catalog)
                continue
            case ("plans_existing", nil): bytes = catalog.existingPlansJSON
            case ("devices_existing", nil): bytes = catalog.existingDevicesJSON
            case ("plans_allowed", let group?): bytes = catalog.allowedPlansJSON(for: group)
            case ("devices_allowed", let group?): bytes = catalog.allowedDevicesJSON(for: group)
            default: continue
            }
            guard request["params"]?["zzz"] == nil else { continue }
            count += 1
            let expected = try #require(step["expect"])
            guard expected["success"] == true else {
                #expect(bytes == nil, "\(request)")
                continue
            }
            let list = try JSONValue(parsing: try #require(bytes, "\(request)"))
            try compare(list, with: try #require(expected[method]), at: method, rules(of: step))
        }
        #expect(count > 10)
    }

    private static func set(_ request: JSONValue, _ step: JSONValue, _ catalog: inout Catalog) throws {
        guard let value = request["params"]?["user_group_permissions"], request["params"]?.object?.count == 1 else {
            return
        }
        let outcome = Outcome { try UserGroupPermissions(value) }
        compare(outcome.map { _ in "" }, with: step, prefix: "Error: ")
        guard case .value(let permissions) = outcome else { return }
        catalog = Catalog(
            existingPlans: catalog.existingPlans,
            existingDevices: catalog.existingDevices,
            permissions: permissions
        )
        #expect(JSONValue.object(permissions.json) == value)
    }

    private static func rules(of step: JSONValue) -> [(path: String, mode: String)] {
        (step["compare"]?.elements ?? []).map { ($0["path"]?.string ?? "", $0["mode"]?.string ?? "") }
    }

    private static func compare(
        _ actual: JSONValue?,
        with expected: JSONValue,
        at path: String,
        _ rules: [(path: String, mode: String)]
    ) throws {
        let parts = path.split(separator: ".")
        let mode = rules.first { rule in
            let pattern = rule.path.split(separator: ".")
            if pattern.first == "**" { return pattern.dropFirst().elementsEqual(parts.suffix(pattern.count - 1)) }
            return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0 == "*" || $0 == $1 }
        }?.mode
        if mode == "ignore" { return }
        if let keys = expected["<keys>"]?.texts {
            #expect(actual?.object?.keys.sorted() == keys.sorted(), "\(path)")
        } else if let members = expected.object, !members.keys.contains(where: { $0.hasPrefix("<") }) {
            #expect(actual?.object?.keys.sorted() == members.keys.sorted(), "\(path)")
            for (key, value) in members {
                try compare(actual?[key], with: value, at: "\(path).\(key)", rules)
            }
        } else if let elements = expected.array, let values = actual?.array, elements.count == values.count {
            for (index, (value, element)) in zip(values, elements).enumerated() {
                try compare(value, with: element, at: "\(path).\(index)", rules)
            }
        } else if expected != "<ignore>", mode != "regex" {
            #expect(actual == expected, "\(path)")
        }
    }

    /// Compares the outcome with `success` and `msg`: exactly, or by the regular expression of the step.
    private static func compare(_ outcome: Outcome<String>, with step: JSONValue, prefix: String) {
        let item = step["request"]?["params"]?.encodedText ?? ""
        let isAccepted = step["expect"]?["success"] == true
        guard case .error(let text) = outcome else {
            #expect(isAccepted, "\(item)")
            return
        }
        #expect(!isAccepted, "\(item): \(text)")
        if let exact = step["expect"]?["msg"]?.string {
            #expect(prefix + text == exact)
        } else if let pattern = step["expect"]?["msg"]?["<regex>"]?.string {
            let isMatched = try? Regex(pattern).dotMatchesNewlines().wholeMatch(in: prefix + text) != nil
            #expect(isMatched == true, "\(prefix + text) does not match \(pattern)")
        } else {
            Issue.record("The step expects no message: \(item)")
        }
    }
}

extension Outcome {
    func map<Other: Equatable>(_ transform: (Value) -> Other) -> Outcome<Other> {
        switch self {
        case .value(let value): .value(transform(value))
        case .error(let text): .error(text)
        }
    }
}
