import Wire

extension APIMethod {
    /// All methods by name.
    static let table: [String: APIMethod] = {
        let methods =
            statusMethods + environmentMethods + queueMethods + batchMethods + movingMethods + updatingMethods
            + queueControlMethods + runEngineMethods + historyMethods
            + listMethods + lockingMethods + permissionMethods + taskMethods + consoleMethods + managerMethods
            + auditMethods
        return Dictionary(uniqueKeysWithValues: methods.map { ($0.name, $0) })
    }()
}
