import FakeManager
import QueueClient
import Testing
import Wire

@testable import QServerCommands

private func parameter(
    _ name: String,
    _ type: String? = nil,
    kind: PlanParameter.Kind = .positionalOrKeyword,
    default value: String? = nil,
    devices: JSONObject? = nil,
    limits: JSONObject = [:]
) -> JSONValue {
    var annotation = JSONObject()
    if let type { annotation["type"] = .string(type) }
    if let devices { annotation["devices"] = .object(devices) }
    var parameter: JSONObject = ["name": .string(name), "kind": ["name": .string(kind.rawValue)]]
    if !annotation.isEmpty { parameter["annotation"] = .object(annotation) }
    if let value { parameter["default"] = .string(value) }
    return .object(parameter.merging(limits))
}

private let plans: JSONObject = [
    "count": [
        "name": "count",
        "parameters": [
            parameter("detectors", "collections.abc.Sequence[__READABLE__]"),
            parameter("num", "int | None", default: "1"),
            parameter("delay", "float | collections.abc.Iterable[float]", default: "0.0"),
            parameter("md", "dict[str, typing.Any] | None", kind: .keywordOnly, default: "None"),
        ],
    ],
    "scan": [
        "name": "scan",
        "parameters": [
            parameter("detectors", "collections.abc.Sequence[__READABLE__]"),
            parameter("args", "__MOVABLE__ | typing.Any", kind: .anyPositional),
            parameter("num", "typing.Optional[int]", kind: .keywordOnly, default: "None"),
        ],
    ],
    "tune": [
        "name": "tune",
        "parameters": [
            parameter("motors", "typing.List[Motors]", devices: ["Motors": ["motor1", "motor2"]]),
            parameter("label", "str", default: "''"),
            parameter("quick", "bool", default: "False"),
            parameter("step", "float", default: "1", limits: ["min": "0.1", "max": "5"]),
        ],
    ],
    "plain": ["name": "plain", "parameters": [parameter("detectors"), parameter("x", default: "1")]],
    "any": ["name": "any", "parameters": [parameter("kwargs", kind: .anyKeyword)]],
]

private let devices: JSONObject = [
    "det1": ["is_readable": true], "det2": ["is_readable": true],
    "motor1": ["is_readable": true, "is_movable": true], "flyer": ["is_flyable": true],
]

private func checked(_ line: String) throws -> String {
    let words = shellWords(line)
    let call = try PlanCall(name: words[0], words: words.dropFirst())
    var check = PlanCallCheck(PlanDescription(plans[words[0]]?.object ?? [:]))
    check.devices = devices
    let item = try check.checked(call).item
    return JSONValue.object(["args": .array(item.arguments), "kwargs": .object(item.keywordArguments)]).encodedText
}

@Suite struct PlanWordsTests {
    @Test(arguments: [
        ("count det1", #"{"args": [["det1"]], "kwargs": {}}"#),
        ("count det1,det2 num=5", #"{"args": [["det1", "det2"]], "kwargs": {"num": 5}}"#),
        ("count det1,", #"{"args": [["det1"]], "kwargs": {}}"#),
        ("count detectors=det1 num=None", #"{"args": [], "kwargs": {"detectors": ["det1"], "num": null}}"#),
        ("count '[\"det1\"]' 3 0.5", #"{"args": [["det1"], 3, 0.5], "kwargs": {}}"#),
        ("count det1 delay=1,2.5", #"{"args": [["det1"]], "kwargs": {"delay": [1, 2.5]}}"#),
        ("count det1.val", #"{"args": [["det1.val"]], "kwargs": {}}"#),
        (
            "count det1 md=\"{'sample': 'Au'}\"", #"{"args": [["det1"]], "kwargs": {"md": {"sample": "Au"}}}"#
        ),
        ("scan det1 motor1 -1 1.5 num=10", #"{"args": [["det1"], "motor1", -1, 1.5], "kwargs": {"num": 10}}"#),
        ("tune motor2 label=5 quick=on", #"{"args": [["motor2"]], "kwargs": {"label": "5", "quick": true}}"#),
        ("plain det9", #"{"args": [["det9"]], "kwargs": {}}"#),
        ("any anything=x", #"{"args": [], "kwargs": {"anything": "x"}}"#),
    ])
    func `values one by one become the plan's arguments`(line: String, json: String) throws {
        #expect(try checked(line) == json)
    }

    @Test(arguments: [
        ("count det1 nmu=5", "count has no parameter 'nmu'. Did you mean 'num'? Its parameters: "),
        ("count", "count needs 'detectors'. Its parameters: detectors, num=1"),
        ("count det1 num=five", "count takes a whole number for 'num', not 'five'."),
        ("count det1 1 2 3", "count takes 3 values without a name; 4 were given."),
        ("count det1 detectors=det2", "count was given 'detectors' twice, by position and by name."),
        ("count det1 num=1 num=2", "'num' is given twice"),
        ("count num=1 det1", "'det1' stands after a value with a name; values without a name come first"),
        ("count dte1", "count does not take 'dte1' for 'detectors'. Did you mean 'det1'? Allowed: det1, det2, motor1"),
        ("count flyer", "count does not take 'flyer' for 'detectors'. Allowed: det1, det2, motor1"),
        ("count det1,,det2", "there is nothing between two commas in 'det1,,det2'"),
        ("count '[\"det1\"'", "the value is neither JSON nor a Python literal: expected ',' or ']'"),
        ("tune motr1", "tune does not take 'motr1' for 'motors'. Did you mean 'motor1'? Allowed: motor1, motor2"),
        ("tune motor1 step=7", "tune takes at least 0.1 and at most 5.0 for 'step', not 7.0."),
        ("tune motor1 quick=maybe", "tune takes True or False for 'quick', not 'maybe'."),
    ])
    func `what does not fit is named, with what is allowed`(line: String, message: String) {
        let failure = #expect(throws: CommandFailure.self) { try checked(line) }
        #expect(failure?.status == .badParameters)
        #expect(failure?.message.hasPrefix(message) == true, "\(failure?.message ?? "")")
    }

    private func manager() throws -> FakeManager {
        try FakeManager { request in
            switch request.method {
            case "plans_allowed": ["success": true, "plans_allowed": .object(plans)]
            case "devices_allowed": ["success": true, "devices_allowed": .object(devices)]
            default: ["success": true, "msg": ""]
            }
        }
    }

    @Test func `a short plan is looked up, checked and sent as an item`() async throws {
        let manager = try manager()
        let ending = await run(shellWords("queue add plan front count det1 num=2"), manager: manager)
        #expect(ending.status == .success)
        let request = try #require(await manager.requests.last)
        let item: JSONValue = ["item_type": "plan", "name": "count", "args": [["det1"]], "kwargs": ["num": 2]]
        #expect(request.method == "queue_item_add")
        #expect(request.parameters["item"] == item)
        #expect(request.parameters["pos"] == "front")
    }

    @Test func `an unknown plan is not sent, and the nearest is named`() async throws {
        let manager = try manager()
        let ending = await run(shellWords("run cuont det1"), manager: manager)
        #expect(ending.status == .badParameters)
        #expect(ending.errors.contains("there is no plan 'cuont'"))
        #expect(ending.errors.contains("Did you mean 'count'?"))
        #expect(await manager.requests.map(\.method) == ["plans_allowed"])
    }
}

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("cuont", "count"), ("stauts", "status"), ("COUNT", "count"), ("scn", "scan"), ("counts", "count"),
    ])
    func `a slip of the finger is understood`(word: String, meant: String) {
        #expect(Suggestion.nearest(to: word, in: ["scan", "count", "status"]) == meant)
    }

    @Test(arguments: ["", "x", "environment", "sttsua"])
    func `what is like nothing is not guessed`(word: String) {
        #expect(Suggestion.nearest(to: word, in: ["scan", "count", "status"]) == nil)
    }
}
