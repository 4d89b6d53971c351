import Wire

extension APIMethod {
    static let permissionMethods = [
        APIMethod("permissions_get", right: .read, failure: ["user_group_permissions": [:]]) { manager, _ in
            .members(["user_group_permissions": .object(manager.lists.permissions)])
        },
        APIMethod("permissions_set", right: .admin, parameters: ["user_group_permissions", "lock_key"], locked: .queue)
        {
            manager,
            parameters in
            guard let permissions = parameters["user_group_permissions"] else {
                throw Refusal.request("\"Parameter 'user_group_permissions' is missing\"")
            }
            try manager.setPermissions(permissions)
            return .done
        },
        APIMethod(
            "permissions_reload",
            right: .admin,
            parameters: ["restore_plans_devices", "restore_permissions", "lock_key"],
            locked: .queue
        ) { manager, parameters in
            try manager.reloadPermissions(
                fromDisk: parameters["restore_permissions"].map(\.isTruthy) ?? true,
                lists: parameters["restore_plans_devices"]?.isTruthy ?? false
            )
            return .done
        },
    ]
}
