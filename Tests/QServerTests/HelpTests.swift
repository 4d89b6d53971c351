import ArgumentParser
import Testing

@testable import QServerCommands

/// Compares the help texts with the files in `Golden`. After a wanted change, run the tests with
/// `QSERVER_RECORD_GOLDEN=1` in the environment and look at the difference.
@Suite struct HelpTests {
    private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Golden/"

    @Test(arguments: QServer.configuration.subcommands.map { $0._commandName } + ["qserver"])
    func `the help texts are as recorded`(name: String) throws {
        let commands = CommandTree.all.filter {
            name == "qserver" ? $0.path.count == 1 : $0.path.dropFirst().first == name
        }
        let text = commands.map { command in
            "$ \(command.path.joined(separator: " ")) --help\n"
                + QServer.helpMessage(for: command.type, columns: 100)
        }.joined(separator: "\n")
        let path = HelpTests.folder + name + ".txt"
        if Recording.isOn { try Recording.write(text, to: path) }
        #expect(try TextFile.contents(of: path) == text)
    }
}
