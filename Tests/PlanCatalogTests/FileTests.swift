import Glibc
import PlanCatalog
import Testing
import Wire

@Suite struct FileTests {
    @Test func `the original server's list is read completely`() throws {
        let lists = try Fixtures.lists()
        #expect(lists.plans.count == 36)
        #expect(lists.devices["sim_bundle_A"]?.components["dets"]?.components["det_A"]?.components.count == 6)
        let move = try #require(lists.plans["move_then_count"])
        #expect(move.parameters.map(\.name) == ["motors", "detectors", "positions"])
        #expect(move.parameters[1].annotation?.devices?["Detectors"] == ["det1", "det2", "det3"])
        #expect(move.parameters[1].isDefaultDefinedInDecorator == true)
        #expect(move.parameters[2].maximum == "10")
    }

    @Test func `lists that are written are read as the same`() throws {
        var lists = try Fixtures.lists()
        var odd = PlanDescription(name: "yes", description: "a: 'b'\n\n  # \"c\" \u{e9}\u{1F600}\t", module: "1.0")
        odd.other = ["unknown": [1, 1.5, -0.0, 1e300, nil, true, "on", "~", "", "0x1F", "- a", ["x": []], [:]]]
        lists.plans["yes"] = odd
        try Self.withTemporaryPath { path in
            try lists.write(file: path)
            #expect(try ExistingLists(file: path) == lists)
            #expect(try ExistingLists(file: path).plans["yes"] == odd)
        }
    }

    @Test func `descriptions keep what they do not know`() throws {
        let plan: JSONValue = [
            "name": "p", "new": 1,
            "parameters": [
                [
                    "name": "x", "kind": ["name": "VAR_KEYWORD", "value": 4], "new": [2],
                    "annotation": ["type": "int", "new": 3],
                ]
            ],
        ]
        #expect(try JSONValue.object(PlanDescription(plan).json) == plan)
        let device: JSONValue = [
            "classname": "C", "module": "m", "is_readable": true, "is_movable": false, "is_flyable": false, "new": 1,
            "components": ["c": ["classname": "D", "is_readable": false, "is_movable": true, "is_flyable": true]],
        ]
        #expect(try JSONValue.object(DeviceDescription(device).json) == device)
    }

    @Test(arguments: [
        ("existing_plans: {count: 5}", "existing_plans.count: 5 (<class 'int'>) is no object"),
        (
            "existing_plans: {p: {name: p, parameters: [{name: x, kind: {value: 7}}]}}",
            "existing_plans.p.parameters[0].kind.value: the kind is missing or unknown. Allowed are 0 (POSITIONAL_ONLY), "
                + "1 (POSITIONAL_OR_KEYWORD), 2 (VAR_POSITIONAL), 3 (KEYWORD_ONLY), 4 (VAR_KEYWORD)"
        ),
        (
            "existing_devices: {d: {components: {c: {is_readable: perhaps}}}}",
            "existing_devices.d.components.c.is_readable: 'perhaps' (<class 'str'>) is neither true nor false"
        ),
        ("- a", "['a'] (<class 'list'>) is no object with the members 'existing_plans' and 'existing_devices'"),
        ("a: [", "line 2, column 1: did not find expected node content"),
        ("a: 1\na: 2", "line 2, column 1: the key 'a' is there twice"),
    ])
    func `an error names the file and the place`(yaml: String, reason: String) throws {
        try Self.withTemporaryPath { path in
            try Self.write(yaml, to: path)
            let error = #expect(throws: CatalogError.self) { try ExistingLists(file: path) }
            #expect(error?.description == "\(path): \(reason)")
        }
    }

    @Test func `a file that is not there is named`() throws {
        let error = #expect(throws: CatalogError.self) { try UserGroupPermissions(file: "/nowhere/permissions.yaml") }
        #expect(
            error?.description
                == "Error while loading user group permissions from file '/nowhere/permissions.yaml': No such file or directory"
        )
    }

    private static func withTemporaryPath(_ body: (String) throws -> Void) throws {
        let path = "/tmp/catalog-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).yaml"
        defer { unlink(path) }
        try body(path)
    }

    private static func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        fputs(text, file)
    }
}
