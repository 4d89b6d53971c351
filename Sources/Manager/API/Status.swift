import Wire

extension APIMethod {
    static let statusMethods = [
        APIMethod("status", parameters: nil) { manager, _ in .encoded(manager.status.encoded) },
        APIMethod("ping", parameters: nil) { manager, _ in .encoded(manager.status.encoded) },
        APIMethod("config_get", prefix: "", failure: ["config": [:]]) { _, _ in
            .members(["config": ["ip_connect_info": [:]]])
        },
    ]
}
