import QueueStore
import Wire

// Who asked for what: a method that the reference does not have.
extension APIMethod {
    static let auditMethods = [
        APIMethod(
            "audit_get",
            right: .admin,
            isRecorded: false,
            isSigned: false,
            parameters: ["since", "until", "user", "client", "method", "limit"],
            failure: ["entries": []]
        ) { manager, parameters in
            var filter = AuditFilter(limit: try parameters.auditLimit)
            filter.since = try parameters.time("since")
            filter.until = try parameters.time("until")
            filter.user = try parameters.text("user")
            filter.client = try parameters.text("client")
            filter.method = try parameters.text("method")
            manager.audit.flush(at: WallClock.now)
            return .members(["entries": .array(try manager.audit.log.entries(filter).map(\.json))])
        }
    ]
}

extension Parameters {
    private static let limits = 1...10_000

    fileprivate var auditLimit: Int {
        get throws(Refusal) {
            guard let value = self["limit"], !value.isNull else { return 1_000 }
            guard let limit = value.integer, Parameters.limits.contains(limit) else {
                throw .request("Parameter 'limit' must be an integer from 1 to 10000: limit=\(value.pythonRepr)")
            }
            return limit
        }
    }

    fileprivate func time(_ name: String) throws(Refusal) -> Double? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let time = value.number, time.isFinite else {
            throw .request("Parameter '\(name)' must be a time in seconds since 1970: \(name)=\(value.pythonRepr)")
        }
        return time
    }

    fileprivate func text(_ name: String) throws(Refusal) -> String? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let text = value.string else {
            throw .request("Parameter '\(name)' must be a string: \(name)=\(value.pythonRepr)")
        }
        return text
    }
}

extension AuditEntry {
    /// The entry as clients get it.
    fileprivate var json: JSONValue {
        [
            "time": .double(time), "client": JSONValue(client), "address": JSONValue(address), "user": JSONValue(user),
            "method": .string(method), "item_uids": JSONValue(uids), "names": JSONValue(names),
            "success": .bool(success), "msg": .string(message),
        ]
    }
}
