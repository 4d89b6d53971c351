import Wire

extension APIMethod {
    static let listMethods = [
        APIMethod(
            "plans_allowed",
            right: .read,
            parameters: ["user_group"],
            prefix: "",
            failure: ["plans_allowed": [:], "plans_allowed_uid": nil],
            readsEmptyLists: true
        ) { manager, parameters in
            let group = try manager.lists.group(parameters.requiredGroup)
            return list("plans_allowed", manager.lists.allowedPlans(for: group), manager.uids.plansAllowed)
        },
        APIMethod(
            "devices_allowed",
            right: .read,
            parameters: ["user_group"],
            prefix: "",
            failure: ["devices_allowed": [:], "devices_allowed_uid": nil],
            readsEmptyLists: true
        ) { manager, parameters in
            let group = try manager.lists.group(parameters.requiredGroup)
            return list("devices_allowed", manager.lists.allowedDevices(for: group), manager.uids.devicesAllowed)
        },
        APIMethod(
            "plans_existing",
            right: .read,
            prefix: "",
            failure: ["plans_existing": [:], "plans_existing_uid": nil]
        ) {
            manager,
            _ in
            list("plans_existing", manager.lists.existingPlans, manager.uids.plansExisting)
        },
        APIMethod(
            "devices_existing",
            right: .read,
            prefix: "",
            failure: ["devices_existing": [:], "devices_existing_uid": nil]
        ) {
            manager,
            _ in
            list("devices_existing", manager.lists.existingDevices, manager.uids.devicesExisting)
        },
    ]

    /// A reply with a list that is encoded already.
    private static func list(_ name: String, _ encoded: [UInt8], _ uid: String) -> Reply {
        var bytes = (["success": true, "msg": "", "\(name)_uid": .string(uid)] as JSONObject).encoded
        bytes.removeLast()
        bytes += ", \"\(name)\": ".utf8
        bytes += encoded
        bytes.append(UInt8(ascii: "}"))
        return .encoded(bytes)
    }
}

extension Parameters {
    fileprivate var requiredGroup: JSONValue {
        get throws(Refusal) {
            guard let group = self["user_group"] else {
                throw .request("Incorrect request format: user group is not specified")
            }
            return group
        }
    }
}
