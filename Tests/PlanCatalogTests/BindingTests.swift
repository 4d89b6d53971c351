import PlanCatalog
import Testing
import Wire

@Suite struct BindingTests {
    @Test func `names of devices are told from texts`() throws {
        let plan = try Fixtures.catalog().bind(
            Fixtures.object(#"{"name": "scan", "args": [["det1", "nothing"], "motor", -1, 1], "kwargs": {"num": 3}}"#),
            group: "primary"
        )
        #expect(plan.name == "scan")
        #expect(plan.parameters.map(\.name) == ["detectors", "args", "num"])
        #expect(plan["detectors"] == .array([.device("det1"), .json("nothing")]))
        #expect(plan["args"] == .array([.device("motor"), .json(-1), .json(1)]))
        #expect(plan.parameters[1].kind == .varPositional)
        #expect(plan["num"] == .json(3))
    }

    @Test func `a parameter without annotation takes plans and devices by name, at any depth`() throws {
        let plan = try Fixtures.catalog().bind(
            Fixtures.object(
                #"{"name": "count", "args": [[]], "kwargs": {"per_shot": {"a": ["count", "det1.val", "x"]}}}"#
            ),
            group: "primary"
        )
        #expect(plan["per_shot"] == .object([("a", .array([.plan("count"), .device("det1.val"), .json("x")]))]))
    }

    @Test func `the annotation decides where names stay texts`() throws {
        let catalog = try Fixtures.catalog()
        let marked = try catalog.bind(
            Fixtures.object(#"{"name": "marked_up_count", "args": [["det1"]]}"#),
            group: "primary"
        )
        #expect(marked["detectors"] == .json(["det1"]))
        let metadata = try catalog.bind(
            Fixtures.object(#"{"name": "count", "args": [["det1"]], "kwargs": {"md": {"d": "det1"}}}"#),
            group: "primary"
        )
        #expect(metadata["md"] == .json(["d": "det1"]))
    }

    @Test func `devices of other groups stay texts`() throws {
        let plan = try Fixtures.catalog().bind(
            Fixtures.object(#"{"name": "count", "args": [["det1", "det3", "sim_bundle_B"]]}"#),
            group: "test_user"
        )
        #expect(plan["detectors"] == .array([.device("det1"), .json("det3"), .json("sim_bundle_B")]))
    }

    @Test func `only defaults that the plan does not know are passed`() throws {
        let plan = try Fixtures.catalog().bind(
            Fixtures.object(#"{"name": "move_then_count", "args": [["motor1"]]}"#),
            group: "primary"
        )
        #expect(plan.parameters.map(\.name) == ["motors", "detectors"])
        #expect(plan["detectors"] == .array([.device("det1"), .device("det2")]))
    }

    @Test func `names of other objects are marked where the parameter takes callables`() throws {
        let plan: JSONObject = [
            "name": "apply",
            "parameters": [
                [
                    "name": "function", "kind": ["value": 1], "annotation": ["type": "list[__CALLABLE__]"],
                    "eval_expressions": true,
                ]
            ],
        ]
        let lists = try ExistingLists(["existing_plans": ["apply": .object(plan)], "existing_devices": [:]])
        let everything: JSONValue = ["allowed_plans": [nil], "allowed_devices": [nil]]
        let catalog = Catalog(
            existingPlans: lists.plans,
            permissions: try UserGroupPermissions(["user_groups": ["root": everything, "primary": everything]])
        )
        let bound = try catalog.bind(
            ["name": "apply", "args": [["numpy.mean", "my_function", "not a name", "2x", "a..b"]]],
            group: "primary"
        )
        #expect(
            bound["function"]
                == .array([
                    .expression("numpy.mean"), .expression("my_function"), .json("not a name"), .json("2x"),
                    .json("a..b"),
                ])
        )
    }

    @Test func `of several metadata the first one wins`() throws {
        let catalog = try Fixtures.catalog()
        let plan = try catalog.bind(
            Fixtures.object(#"{"name": "count", "args": [[]], "meta": [{"a": 1}, {"a": 2, "b": 3}]}"#),
            group: "primary"
        )
        #expect(plan.meta == ["a": 1, "b": 3])
        #expect(try catalog.bind(Fixtures.object(#"{"name": "count", "args": [[]]}"#), group: "primary").meta.isEmpty)
    }

    @Test func `what is not valid is refused as when it was submitted`() throws {
        let catalog = try Fixtures.catalog()
        let error = #expect(throws: ItemError.self) { try catalog.bind(["name": "mv"], group: "test_user") }
        #expect(
            error?.description
                == "Validation of plan parameters failed: Plan validation failed: Plan 'mv' is not in the list of allowed plans.\nPlan: {'name': 'mv'}"
        )
        #expect(throws: ItemError.self) { try catalog.bind(["name": "mv"], group: "nobody") }
    }
}
