import ArgumentParser
import Glibc
import StartupSelection
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
        guard let path = documentsOption.map(UserPath.absolute) else { return nil }
        guard UserPath.isFolder(path) else {
            throw SupervisorError("The folder for documents, '\(path)', does not exist.")
        }
        return path
    }

    /// The state directory as an absolute path.
    var stateDirectory: String { UserPath.absolute(stateOption ?? StateDirectory.defaultPath) }
}
