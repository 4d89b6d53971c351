import Wire

extension APIMethod {
    /// All methods by name.
    static let table: [String: APIMethod] = {
        let methods =
            statusMethods + environmentMethods + queueMethods + batchMethods + movingMethods + updatingMethods
            + queueControlMethods + runEngineMethods + historyMethods
            + listMethods + lockingMethods + permissionMethods + managerMethods + unsupportedMethods
        return Dictionary(uniqueKeysWithValues: methods.map { ($0.name, $0) })
    }()

    /// Methods of the API that this version does not have yet: they are known, and refused by name.
    private static let unsupportedMethods: [APIMethod] = [
        "environment_update", "function_execute", "script_upload",
        "task_result", "task_status",
    ].map { name in
        APIMethod(name, parameters: nil) { _, _ in
            throw Refusal.request("Method '\(name)' is not supported by this version of the manager")
        }
    }
}
