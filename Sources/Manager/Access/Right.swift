/// What a client may be allowed to do. Each method of the API needs one.
enum Right: String, Sendable, CaseIterable {
    /// To see everything that is no secret. Whoever is admitted may do that.
    case read
    /// To edit the queue, its mode and the history.
    case queue
    /// To run: the environment, the queue, the run engine, single items and the functions of the group.
    case run
    /// To upload scripts, which can change devices and plans.
    case scripts
    /// To lock and unlock.
    case lock
    /// To set permissions, and to stop the manager.
    case admin

    /// For example `read, queue, run, scripts, lock, admin`.
    static func list(_ rights: some Sequence<Right>) -> String {
        let rights = Set(rights)
        return allCases.filter(rights.contains).map(\.rawValue).joined(separator: ", ")
    }
}
