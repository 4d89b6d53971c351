import QueueStore
import Wire

extension APIMethod {
    static let lockingMethods = [
        APIMethod(
            "lock",
            right: .lock,
            parameters: ["lock_key", "note", "environment", "queue", "user"],
            failure: noLockInfo,
            checksLockKey: false,
            readsEmptyLists: true
        ) { manager, parameters in
            let user = try parameters.nonEmptyText(
                "user",
                missing: "User name is not specified: 'user' is a required parameter",
                wrong: "User name must be a non-empty string: user"
            )
            let key = try parameters.nonEmptyText(
                "lock_key",
                missing: "Lock key is not specified: 'lock_key' is a required parameter",
                wrong: "Lock key must be a non-empty string: lock_key"
            )
            let note = parameters["note"] ?? .null
            guard note.isNull || note.string != nil else {
                // The braces are the reference's; clients may look for the text.
                throw Refusal.request("Note must be a string or None: note = {note!r}")
            }
            let (environment, queue) = (parameters["environment"] ?? false, parameters["queue"] ?? false)
            guard environment.isTruthy || queue.isTruthy else {
                throw Refusal.request(
                    "Invalid option: environment and/or queue must be selected: "
                        + "environment=\(environment.pythonString) queue=\(queue.pythonString)"
                )
            }
            var lock = manager.lock
            let time = WallClock.now
            try lock.lock(
                environment: environment.isTruthy,
                queue: queue.isTruthy,
                key: key,
                user: user,
                note: note.string,
                time: time,
                timeText: WallClock.localAmerican(time)
            )
            try manager.setLock(lock)
            return .members(lockInfo(manager))
        },
        APIMethod(
            "lock_info",
            right: .read,
            parameters: ["lock_key"],
            failure: noLockInfo,
            checksLockKey: false,
            readsEmptyLists: true
        ) {
            manager,
            parameters in
            let key = parameters["lock_key"] ?? .null
            do throws(Refusal) {
                try parameters.checkMembers()
                guard key.isNull || key.string != nil else {
                    throw .request("Lock key must be a non-empty string or None: lock_key = \(key.pythonRepr)")
                }
                if let key = key.string { try manager.lock.check(key) }
            } catch {
                throw error.showing(lockInfo(manager))
            }
            return .members(lockInfo(manager))
        },
        APIMethod(
            "unlock",
            right: .lock,
            parameters: ["lock_key"],
            failure: noLockInfo,
            checksLockKey: false,
            readsEmptyLists: true
        ) {
            manager,
            parameters in
            let key = try parameters.nonEmptyText(
                "lock_key",
                missing: "Request contains no lock key: 'lock_key' parameter is required",
                wrong: "Lock key must be a non-empty string: lock_key"
            )
            var lock = manager.lock
            do throws(Refusal) {
                if try lock.unlock(key: key) { try manager.setLock(lock) }
            } catch {
                throw error.showing(lockInfo(manager))
            }
            return .members(lockInfo(manager))
        },
    ]

    private static let noLockInfo: JSONObject = ["lock_info": [:], "lock_info_uid": nil]

    private static func lockInfo(_ manager: isolated Manager) -> JSONObject {
        ["lock_info": manager.lock.info, "lock_info_uid": .string(manager.lock.uid)]
    }
}

extension Parameters {
    fileprivate func nonEmptyText(_ name: String, missing: String, wrong: String) throws(Refusal) -> String {
        guard let value = self[name] else { throw .request(missing) }
        guard let text = value.string, !text.isEmpty else { throw .request("\(wrong) = \(value.pythonRepr)") }
        return text
    }
}

extension Refusal {
    fileprivate func showing(_ members: JSONObject) -> Refusal {
        var refusal = self
        refusal.members = members
        return refusal
    }
}
