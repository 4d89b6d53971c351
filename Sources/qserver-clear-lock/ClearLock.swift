import ArgumentParser
import Installation
import QueueStore
import Supervisor
import Wire

/// Removes the lock of a manager whose key is lost.
@main
struct ClearLock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qserver-clear-lock",
        abstract: "Remove the lock of a run-engine manager whose key is lost.",
        discussion: """
            The lock is removed from the manager's state directory, or from Redis if the manager keeps its queue there. \
            The manager must be stopped first, and is started again afterwards.
            """,
        version: Installation.version
    )

    @Option(
        help: ArgumentHelp(
            "Folder of the queue and the history (default: that of start-re-manager).",
            valueName: "folder"
        )
    )
    var stateDir: String?

    @Option(help: ArgumentHelp("Where Redis is: host, host:port or host:port/database.", valueName: "address"))
    var redisAddr: String?

    @Option(help: ArgumentHelp("What the names of the keys in Redis begin with.", valueName: "prefix"))
    var redisNamePrefix = StoreLocation.defaultPrefix

    func run() throws {
        if let redisAddr {
            let store = try RedisStore(RedisAddress(redisAddr), prefix: redisNamePrefix)
            guard !store.isInUse else {
                throw Failure("a manager uses Redis at \(redisAddr), prefix '\(redisNamePrefix)'. Stop it first")
            }
            try clear(store)
            return
        }
        let path = stateDir ?? StateDirectory.defaultPath
        let location = StoreLocation.sqlite(path: StateDirectory.storePath(in: path))
        guard location.exists else {
            throw Failure("there is no queue in '\(path)'. The manager's state directory is named with --state-dir")
        }
        // Also keeps a manager from starting meanwhile.
        let directory = try StateDirectory(path: path)
        try clear(location.open())
        _ = directory
    }

    private func clear(_ store: any QueueStore) throws {
        let state = try store.load()
        guard let lock = state.settings[.lock], ClearLock.isSet(lock) else {
            print("There is no lock.")
            return
        }
        print(ClearLock.text(lock))
        try store.commit([.set(.lock, nil)], to: state.queue)
        print("The lock is removed. The manager can be started again.")
    }

    private static func isSet(_ lock: JSONValue) -> Bool {
        lock["environment"]?.bool == true || lock["queue"]?.bool == true
    }

    /// Who locked what, without the key.
    private static func text(_ lock: JSONValue) -> String {
        let parts = ["environment", "queue"].filter { lock[$0]?.bool == true }.joined(separator: " and ")
        let user = lock["user"]?.string ?? "somebody"
        let time = lock["time_str"]?.string.map { ", \($0)" } ?? ""
        let note = lock["note"]?.string.map { ": \($0)" } ?? ""
        return "Locked: \(parts), by \(user)\(time)\(note)"
    }
}

private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
