import Wire

/// Makes requests that no well-behaved client would send, the same ones for the same seed.
///
/// Among them are some that the manager can carry out; none of them stops it, starts a worker or locks it.
struct HostileRequests {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// The frames of the next request.
    mutating func next() -> [[UInt8]] {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<15: [bytes(upTo: 300)]
        case 15..<45: [mutated(Array(anyTemplate.utf8))]
        case 45..<50: [nested()]
        case 50..<60: [request(parameters: strangeNumber())]
        case 60..<65: [brokenText()]
        case 65..<72: (0..<Int.random(in: 2...6, using: &random)).map { _ in bytes(upTo: 50) }
        case 72..<74: [strangeStart()]
        case 74: [large()]
        default: [wellFormed()]
        }
    }

    // MARK: Bytes

    private mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// A request with bits turned, parts cut out, doubled or put elsewhere.
    private mutating func mutated(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = Int.random(in: start...min(bytes.count, start + 20), using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[start] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 3: bytes.insert(contentsOf: self.bytes(upTo: 5), at: start)
            case 4:
                bytes[start] = UInt8(
                    ascii: ["{", "}", "[", "]", "\"", ",", ":", "\\"].randomElement(using: &random) ?? "{"
                )
            default: bytes = Array(bytes[..<end])
            }
        }
        return bytes
    }

    /// Lists and objects that are opened again and again, and perhaps closed.
    private mutating func nested() -> [UInt8] {
        let depth = Int.random(in: 1...3_000, using: &random)
        let (open, close) = Bool.random(using: &random) ? ("[", "]") : (#"{"a":"#, "}")
        let isClosed = Bool.random(using: &random)
        let core =
            String(repeating: open, count: depth) + "1" + (isClosed ? String(repeating: close, count: depth) : "")
        return Array((isClosed ? #"{"method": "queue_item_add", "params": {"item": \#(core)}}"# : core).utf8)
    }

    private mutating func strangeNumber() -> String {
        let digits = String(repeating: "9", count: Int.random(in: 1...2_000, using: &random))
        let numbers = [
            digits, "-" + digits, digits + ".5", "1e999999999", "-1e-999999999", "0.000" + digits, "NaN", "-Infinity",
            "1E400", "9223372036854775808", "-9223372036854775809", "00", "1.", "+1", "0x10", "1e", "--1",
        ]
        let number = numbers.randomElement(using: &random) ?? "0"
        let name = ["pos", "size", "limit", "nlines", "since"].randomElement(using: &random) ?? "pos"
        return #"{"\#(name)": \#(number)}"#
    }

    /// Text that is not UTF-8, lone surrogates, control characters.
    private mutating func brokenText() -> [UInt8] {
        let broken: [[UInt8]] = [
            [0xC3, 0x28], [0xFF], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x00], [0x1B], [0xE2, 0x82],
            Array(#"\ud800"#.utf8), Array(#"\ud83d\u0041"#.utf8), Array(#"\x"#.utf8), Array(#"\u12"#.utf8),
        ]
        let text = broken.randomElement(using: &random) ?? []
        return Array(#"{"method": "queue_item_get", "params": {"uid": ""#.utf8) + text + Array(#""}}"#.utf8)
    }

    private mutating func strangeStart() -> [UInt8] {
        let request = Array(#"{"method": "status"}"#.utf8)
        let starts: [[UInt8]] = [
            [], [0xEF, 0xBB, 0xBF] + request, [0xFF, 0xFE] + request.flatMap { [$0, 0] }, [0x82, 0xA6],
            [0x00] + request,
        ]
        return starts.randomElement(using: &random) ?? []
    }

    private mutating func large() -> [UInt8] {
        let count = Int.random(in: 1...200_000, using: &random)
        let filling = String(repeating: ["x", "\\\\", "[],", "é"].randomElement(using: &random) ?? "x", count: count)
        return Array(request(method: "no_such_method", parameters: #"{"x": "\#(filling)"}"#))
    }

    // MARK: Requests of the right form

    private mutating func request(method: String? = nil, parameters: String) -> [UInt8] {
        let method = method ?? HostileRequests.methods.randomElement(using: &random) ?? "status"
        return Array(#"{"method": "\#(method)", "params": \#(parameters)}"#.utf8)
    }

    private var anyTemplate: String {
        mutating get { HostileRequests.templates.randomElement(using: &random) ?? "{}" }
    }

    /// A method that exists with parameters that exist, and values of any type.
    private mutating func wellFormed() -> [UInt8] {
        var parameters = JSONObject()
        for name in HostileRequests.parameters.shuffled(using: &random).prefix(Int.random(in: 0...5, using: &random)) {
            parameters[name] = value(depth: 0)
        }
        return request(
            parameters: Bool.random(using: &random)
                ? JSONValue.object(parameters).encodedText : value(depth: 0).encodedText
        )
    }

    private mutating func value(depth: Int) -> JSONValue {
        let words = [
            "", "front", "back", "plan", "count", "primary", "root", "'", "\u{0}", "a b", "__proto__", "(((", "*",
        ]
        switch Int.random(in: 0..<(depth < 4 ? 9 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int.random(in: Int.min...Int.max, using: &random))
        case 3: return .integer(Int.random(in: -3...3, using: &random))
        case 4: return .double([0.5, -0.0, 1e308, .nan, .infinity].randomElement(using: &random) ?? 0)
        case 5: return .string(words.randomElement(using: &random) ?? "")
        case 6: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth + 1) })
        case 7:
            return [
                "item_type": "plan", "name": "count", "args": [value(depth: depth + 1)],
                "kwargs": value(depth: depth + 1),
            ]
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                object[words.randomElement(using: &random) ?? ""] = value(depth: depth + 1)
            }
            return .object(object)
        }
    }

    private static let methods = [
        "status", "ping", "config_get", "queue_get", "queue_item_add", "queue_item_add_batch", "queue_item_update",
        "queue_item_get", "queue_item_remove", "queue_item_remove_batch", "queue_item_move", "queue_item_move_batch",
        "queue_item_execute", "queue_clear", "queue_clear", "queue_mode_set", "queue_start", "queue_stop",
        "queue_autostart",
        "re_pause", "re_resume", "re_runs", "re_metadata", "history_get", "history_clear", "plans_allowed",
        "devices_allowed", "plans_existing", "permissions_get", "permissions_set", "unlock", "lock_info",
        "function_execute", "script_upload", "task_status", "task_result", "kernel_interrupt", "audit_get",
        "environment_close", "console_output", "no_such_method", "",
    ]

    private static let parameters = [
        "item", "items", "pos", "uid", "uids", "pos_dest", "before_uid", "after_uid", "user", "user_group", "mode",
        "enable", "option", "size", "item_uid", "user_group_permissions", "lock_key", "script", "task_uid", "replace",
        "reorder", "ignore_missing", "since", "limit", "nlines", "update_lists", "run_in_background", "x",
    ]

    private static let templates = [
        #"{"method": "queue_item_add", "params": {"item": {"item_type": "plan", "name": "count", "args": [["det1", "det2"]], "kwargs": {"num": 10, "delay": 1.5}}, "user": "Eve", "user_group": "primary", "pos": "front"}}"#,
        #"{"method": "queue_item_add_batch", "params": {"items": [{"item_type": "plan", "name": "scan", "args": [["det1"], "motor1", -1, 1, 5]}, {"item_type": "instruction", "name": "queue_stop"}], "user": "Eve", "user_group": "primary"}}"#,
        #"{"method": "queue_item_move", "params": {"pos": "back", "pos_dest": 0}}"#,
        #"{"method": "queue_item_remove_batch", "params": {"uids": ["a", "b"], "ignore_missing": false}}"#,
        #"{"method": "queue_mode_set", "params": {"mode": {"loop": false, "ignore_failures": true}}}"#,
        #"{"method": "permissions_set", "params": {"user_group_permissions": {"user_groups": {"root": {"allowed_plans": [null], "forbidden_plans": [":^_"]}, "primary": {"allowed_plans": [":.*"], "allowed_devices": [":?.*:depth=5"]}}}}}"#,
        #"{"method": "history_clear", "params": {"size": 10}}"#,
        #"{"method": "function_execute", "params": {"item": {"item_type": "function", "name": "function_sleep", "args": [1]}, "user": "Eve", "user_group": "primary"}}"#,
        #"{"method": "task_status", "params": {"task_uid": ["01234567-89ab-cdef-0123-456789abcdef"]}}"#,
        #"{"method": "plans_allowed", "params": {"user_group": "primary"}}"#,
    ]
}

/// SplitMix64: the same numbers for the same seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
