import ArgumentParser
import GoldenFiles
import Testing

@testable import QServerCommands

@Suite struct HelpTests {
    @Test(arguments: QServer.configuration.subcommands.map { $0._commandName } + ["qserver"])
    func `the help texts are as recorded`(name: String) throws {
        let commands = CommandTree.all.filter {
            name == "qserver" ? $0.path.count == 1 : $0.path.dropFirst().first == name
        }
        let text = commands.map { command in
            "$ \(command.path.joined(separator: " ")) --help\n"
                + QServer.helpMessage(for: command.type, columns: 100)
        }.joined(separator: "\n")
        #expect(try GoldenFile(name).expected(for: text) == text)
    }
}
