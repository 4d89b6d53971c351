import ArgumentParser
import Glibc
import Supervisor

/// Where the manager keeps its state, and the worker documents.
struct FolderOptions: ParsableArguments {
    @Option(
        name: .customLong("state-dir"),
        help: ArgumentHelp(
            "Folder of the queue and the history (default: \(StateDirectory.defaultPath)).",
            valueName: "dir"
        )
    )
    var stateOption: String?

    @Option(
        name: .customLong("documents-dir"),
        help: ArgumentHelp("Folder for the documents of each run, a file of JSON lines each.", valueName: "dir")
    )
    var documentsOption: String?

    /// The folder for documents as an absolute path, which must exist.
    func documentsDirectory() throws(SupervisorError) -> String? {
        guard let path = documentsOption.map(FolderOptions.absolute) else { return nil }
        guard FolderOptions.isFolder(path) else {
            throw SupervisorError("The folder for documents, '\(path)', does not exist.")
        }
        return path
    }

    /// The state directory as an absolute path.
    var stateDirectory: String { FolderOptions.absolute(stateOption ?? StateDirectory.defaultPath) }

    static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// The path from the root, where a relative one begins at the current folder and `~` is the home folder.
    static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        if path.hasPrefix("~/"), let home = environment("HOME") { return home + path.dropFirst() }
        guard let raw = getcwd(nil, 0) else { return path }
        defer { free(raw) }
        return String(cString: raw) + "/" + path
    }
}
