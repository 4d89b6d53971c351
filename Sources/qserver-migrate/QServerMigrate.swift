import ArgumentParser
import Glibc
import Installation
import ProcessLog
import QueueStore
import Supervisor

/// Copies the queue and the history from Redis to a state directory or back.
@main
struct QServerMigrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qserver-migrate",
        abstract: "Copy queue, history and settings between Redis and a state directory.",
        discussion: """
            The source stays as it is. Stop the managers of both sides first: a target that a manager uses is refused, \
            and so is one with items or history, unless --replace says that they shall go.
            """,
        version: Installation.version,
        subcommands: [ToSQLite.self, ToRedis.self]
    )

    struct ToSQLite: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "redis-to-sqlite",
            abstract: "Copy from Redis into a state directory."
        )

        @OptionGroup var redis: RedisOptions
        @OptionGroup var folder: FolderOption
        @OptionGroup var task: TaskOptions

        func run() throws {
            try ended {
                let directory = try StateDirectory(path: folder.path)
                try task.copy(from: try redis.location, to: folder.location)
                _ = directory
            }
        }
    }

    struct ToRedis: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sqlite-to-redis",
            abstract: "Copy from a state directory into Redis."
        )

        @OptionGroup var redis: RedisOptions
        @OptionGroup var folder: FolderOption
        @OptionGroup var task: TaskOptions

        func run() throws {
            try ended {
                guard folder.location.exists else { throw QueueStoreError("There is no store: \(folder.location)") }
                let directory = try StateDirectory(path: folder.path)
                try task.copy(from: folder.location, to: try redis.location)
                _ = directory
            }
        }
    }
}

/// Where Redis is.
struct RedisOptions: ParsableArguments {
    @Option(
        name: .customLong("redis-addr"),
        help: ArgumentHelp("Redis server, such as localhost or localhost:6379/0.", valueName: "address")
    )
    var address = "localhost"

    @Option(
        name: .customLong("redis-name-prefix"),
        help: ArgumentHelp("What the names of the Redis keys begin with.", valueName: "prefix")
    )
    var prefix = StoreLocation.defaultPrefix

    var location: StoreLocation { get throws { .redis(try RedisAddress(address), prefix: prefix) } }
}

/// Which state directory.
struct FolderOption: ParsableArguments {
    @Option(
        name: .customLong("state-dir"),
        help: ArgumentHelp(
            "State directory of the manager (default: \(StateDirectory.defaultPath)).",
            valueName: "dir"
        )
    )
    var stateDirectory: String?

    var path: String { stateDirectory ?? StateDirectory.defaultPath }

    var location: StoreLocation { .sqlite(path: StateDirectory.storePath(in: path)) }
}

/// What is done with the target.
struct TaskOptions: ParsableArguments {
    @Flag(help: "Say what would be copied, and write nothing.") var dryRun = false
    @Flag(help: "Overwrite what the target has.") var replace = false

    func copy(from source: StoreLocation, to target: StoreLocation) throws {
        let content = try StoreCopy(of: try source.open())
        print("From \(source)\n\(content.summary)")
        let targetStore = target.exists ? try target.open() : nil
        if targetStore?.isInUse == true {
            throw QueueStoreError("A manager uses \(target). Stop it first.")
        }
        let present = try targetStore.map { try StoreCopy(of: $0) }
        print("To \(target), which \(present.map { "has now\n\($0.summary)" } ?? "is made anew")")
        let isFree = present?.isEmpty ?? true
        if dryRun {
            print(
                "Dry run: nothing was written."
                    + (isFree || replace ? "" : " The target is not empty: --replace is needed.")
            )
            return
        }
        guard isFree || replace else {
            throw QueueStoreError("The target is not empty. With --replace, what it has is overwritten.")
        }
        let written = try content.write(to: try targetStore ?? target.open())
        print("Copied. The target has now\n\(written.summary)")
    }
}

/// Runs a command and ends with its error, if there is one.
func ended(_ body: () throws -> Void) throws {
    signal(SIGPIPE, SIG_IGN)
    do {
        try body()
    } catch {
        StandardError.write("qserver-migrate: \(error)")
        throw ExitCode(1)
    }
}
