import ArgumentParser
import Glibc
import Installation
import ProcessLog
import QueueStore
import Supervisor

/// Makes backups of the queue and the history, and brings them back.
@main
struct QServerBackup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qserver-backup",
        abstract:
            "Back up the queue and the history of a state directory, while the manager runs, and bring them back.",
        version: Installation.version,
        subcommands: [Create.self, Restore.self]
    )

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a backup; the manager may be running.")

        @Argument(help: "The file to write, which must not exist yet.") var file: String
        @OptionGroup var folder: FolderOption

        func run() throws {
            try ended {
                let content = try SQLiteBackup.make(of: folder.storePath, at: file)
                print("Written to \(file)\n\(content.summary)")
            }
        }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a backup in the place of the queue and the history; the manager must be stopped."
        )

        @Argument(help: "The backup.") var file: String
        @OptionGroup var folder: FolderOption

        func run() throws {
            try ended {
                let directory = try StateDirectory(path: folder.path)
                let store = folder.storePath
                let content = try SQLiteBackup.restore(file, to: store)
                print("Restored to \(store); what was there is \(store).replaced\n\(content.summary)")
                _ = directory
            }
        }
    }
}

/// Which state directory.
struct FolderOption: ParsableArguments {
    @Option(
        name: .customLong("state-dir"),
        help: ArgumentHelp("State directory of the manager (default: \(StateDirectory.defaultPath)).", valueName: "dir")
    )
    var stateDirectory: String?

    var path: String { stateDirectory ?? StateDirectory.defaultPath }

    var storePath: String { StateDirectory.storePath(in: path) }
}

private func ended(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch {
        StandardError.write("qserver-backup: \(error)")
        throw ExitCode(1)
    }
}
