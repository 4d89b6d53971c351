import Wire

extension APIMethod {
    static let statusMethods = [
        APIMethod("status", right: .read, parameters: nil) { manager, _ in .encoded(manager.status.encoded) },
        APIMethod("ping", right: .read, parameters: nil) { manager, _ in .encoded(manager.status.encoded) },
        APIMethod("manager_ready", right: .read, failure: ["ready": false, "reasons": []]) { manager, _ in
            let problems = manager.problems
            return .members(["ready": .bool(problems.isEmpty), "reasons": JSONValue(problems)])
        },
        APIMethod("config_get", right: .read, prefix: "", failure: ["config": [:]]) { _, _ in
            .members(["config": ["ip_connect_info": [:]]])
        },
    ]
}
