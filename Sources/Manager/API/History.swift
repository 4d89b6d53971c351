import QueueStore
import Wire

extension APIMethod {
    static let historyMethods = [
        APIMethod("history_get", right: .read, failure: ["items": [], "plan_history_uid": ""]) { manager, _ in
            .encoded(
                encodedReply(
                    ["plan_history_uid": .string(manager.uids.planHistory)],
                    items: try manager.store.history()
                )
            )
        },
        APIMethod("history_clear", right: .queue, parameters: ["lock_key", "size", "item_uid"], locked: .queue) {
            manager,
            parameters in
            let size = parameters["size"] ?? .null
            let uid = parameters["item_uid"] ?? .null
            guard size.isNull || uid.isNull else {
                throw Refusal.request("Parameters 'size' and 'item_uid' are mutually exclusive.")
            }
            guard size.isNull || size.integer != nil || size.bool != nil else {
                throw Refusal.request("The 'size' parameter must be an integer: size=\(size.pythonRepr)")
            }
            guard uid.isNull || uid.string != nil else {
                throw Refusal.request("The 'item_uid' parameter must be a string: item_uid=\(uid.pythonRepr)")
            }
            let change: QueueChange
            if let uid = uid.string {
                change = .trimHistoryThrough(uid: uid)
            } else {
                change = .trimHistory(keeping: size.integer ?? (size == true ? 1 : 0))
            }
            try manager.trimHistory(change, clearsAll: size.isNull && uid.isNull)
            return .done
        },
    ]

    /// A successful reply whose member `items` consists of objects that are encoded already.
    static func encodedReply(_ members: JSONObject, items: some Sequence<[UInt8]>) -> [UInt8] {
        var bytes = (["success": true, "msg": ""] as JSONObject).merging(members).encoded
        bytes.removeLast()
        bytes += ", \"items\": [".utf8
        var isFirst = true
        for item in items {
            if !isFirst { bytes += ", ".utf8 }
            isFirst = false
            bytes += item
        }
        bytes += "]}".utf8
        return bytes
    }
}
