import PlanCatalog
import Testing
import Wire

@Suite struct CatalogTests {
    @Test func `without permissions there is only root, which may use everything but functions`() throws {
        let lists = try Fixtures.lists()
        let catalog = Catalog(existingPlans: lists.plans, existingDevices: lists.devices)
        #expect(catalog.groups == ["root"])
        #expect(catalog.allowedPlans(for: "root") == lists.plans)
        #expect(try !catalog.isFunctionAllowed("f", group: "root"))
        #expect(catalog.problem != nil)
    }

    @Test func `a bad pattern leaves the groups before it, and root with everything`() throws {
        let catalog = try Fixtures.catalog([
            "user_groups": [
                "root": ["allowed_plans": ["count"], "allowed_devices": [nil]],
                "first": ["allowed_plans": [nil], "allowed_devices": [nil]],
                "second": ["allowed_plans": [":("], "allowed_devices": [nil]],
                "third": ["allowed_plans": [nil], "allowed_devices": [nil]],
            ]
        ])
        #expect(catalog.groups == ["root", "first"])
        #expect(catalog.allowedPlans(for: "root") == catalog.existingPlans)
        #expect(catalog.allowedPlans(for: "first")?.names == ["count"])
        #expect(catalog.allowedPlans(for: "second") == nil)
        #expect(catalog.problem?.description.contains("missing ), unterminated subpattern") == true)
    }

    @Test func `a bad pattern for functions is reported when it is needed`() throws {
        let catalog = try Fixtures.catalog([
            "user_groups": ["root": ["allowed_functions": [nil]], "users": ["allowed_functions": ["good", ":("]]]
        ])
        #expect(try catalog.isFunctionAllowed("good", group: "users"))
        #expect(throws: ItemError.self) { try catalog.isFunctionAllowed("other", group: "users") }
        #expect(throws: ItemError.self) { try catalog.isFunctionAllowed("good", group: "nobody") }
    }

    @Test(arguments: [
        ("[]", "User group permissions: Invalid type '<class 'list'>', must be 'dict'"),
        ("{}", "user_group_permissions: the required member 'user_groups' is missing"),
        (#"{"user_groups": {"a": {}}}"#, #""User group permissions: Missing required user group: 'root'""#),
        (
            #"{"user_groups": {"root": {}}, "x": 1}"#,
            "user_group_permissions: unknown member 'x'. The only member allowed is 'user_groups'"
        ),
        (
            #"{"user_groups": {"root": {"allowed_plans": [5]}}}"#,
            "user_groups.root.allowed_plans[0]: 5 (<class 'int'>) is neither a text nor null"
        ),
        (
            #"{"user_groups": {"root": {"allowed_plans": "count"}}}"#,
            "user_groups.root.allowed_plans: 'count' (<class 'str'>) is no list"
        ),
    ])
    func `permissions are refused with the place and what is allowed`(text: String, message: String) throws {
        let value = try JSONValue(parsing: text)
        let error = #expect(throws: CatalogError.self) { try UserGroupPermissions(value) }
        #expect(error?.description == message)
    }

    @Test func `names in annotations are cut to what the group may use`() throws {
        let catalog = try Fixtures.catalog()
        let all = catalog.existingPlans["count_bundle_test"]?.parameters[0].annotation?.devices?["DetList"]
        let cut = catalog.allowedPlans(for: "test_user")?["count_bundle_test"]?.parameters[0].annotation?.devices?[
            "DetList"
        ]
        #expect(all?.contains("sim_bundle_B") == true)
        #expect(cut?.isEmpty == false)
        #expect(cut?.contains { $0.hasPrefix("sim_bundle_B") || $0 == "det3" } == false)
    }

    @Test func `lists are equal in any order`() throws {
        let lists = try Fixtures.lists()
        let reversed = NamedList(lists.devices.reversed().map { ($0.name, $0.element) })
        #expect(reversed == lists.devices)
        #expect(reversed.names != lists.devices.names)
    }

    @Test func `catalogs tell whether the lists of the groups have changed`() throws {
        let before = try Fixtures.catalog()
        let same = try Fixtures.catalog()
        #expect(before.hasSameAllowedPlans(as: same) && before.hasSameAllowedDevices(as: same))
        let after = try Fixtures.catalog([
            "user_groups": ["root": ["allowed_plans": [nil], "forbidden_plans": [":^_"], "allowed_devices": [nil]]]
        ])
        #expect(!before.hasSameAllowedPlans(as: after) && !before.hasSameAllowedDevices(as: after))
    }

    @Test func `the JSON of a list is the list`() throws {
        let catalog = try Fixtures.catalog()
        let bytes = try #require(catalog.allowedDevicesJSON(for: "test_user"))
        #expect(try NamedList<DeviceDescription>(JSONValue(parsing: bytes)) == catalog.allowedDevices(for: "test_user"))
        #expect(catalog.allowedDevicesJSON(for: "nobody") == nil)
    }

    @Test func `items of any form are answered, not crashed on`() throws {
        let catalog = try Fixtures.catalog()
        var deep: JSONValue = 1
        for _ in 0..<500 { deep = [deep] }
        let huge = JSONValue.bigInteger(String(repeating: "9", count: 5_000))
        let values: [JSONValue] = [
            nil, true, -0.0, .double(.nan), .double(.infinity), huge, deep, "", [:], [[]], ["": ["": nil]],
        ]
        for value in values {
            for key in ["name", "args", "kwargs", "meta", "item_type"] {
                var item: JSONObject = [
                    "item_type": "plan", "name": "move_then_count", "args": [["motor1"], ["det1"], [value]],
                ]
                item[key] = value
                _ = Outcome {
                    try catalog.validate(item, group: "primary"); return true
                }
                _ = Outcome { try catalog.bind(item, group: "primary").parameters.count }
            }
        }
        #expect(throws: ItemError.self) { try catalog.validate([:], group: "primary") }
    }
}
