import Wire

extension APIMethod {
    static let statusMethods = [
        APIMethod("status", parameters: nil) { manager, _ in .encoded(manager.status.encoded) },
        APIMethod("ping", parameters: nil) { manager, _ in .encoded(manager.status.encoded) },
        APIMethod("manager_ready", failure: ["ready": false, "reasons": []]) { manager, _ in
            let problems = manager.problems
            return .members(["ready": .bool(problems.isEmpty), "reasons": JSONValue(problems)])
        },
        APIMethod("config_get", prefix: "", failure: ["config": [:]]) { _, _ in
            .members(["config": ["ip_connect_info": [:]]])
        },
    ]
}
