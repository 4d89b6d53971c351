import ArgumentParser

@testable import QServerCommands

/// The commands as they are declared.
enum CommandTree {
    /// Each command with its path, `qserver` first.
    static let all: [(path: [String], type: any ParsableCommand.Type)] = commands(QServer.self, path: ["qserver"])

    private static func commands(
        _ type: any ParsableCommand.Type,
        path: [String]
    ) -> [(path: [String], type: any ParsableCommand.Type)] {
        let subcommands = type.configuration.subcommands
        return [(path, type)] + subcommands.flatMap { commands($0, path: path + [$0._commandName]) }
    }

    /// Names of all options that take a value, as the help texts show them.
    static var optionsWithValue: [String] {
        all.flatMap { command in
            QServer.helpMessage(for: command.type, columns: 1000).split(separator: "\n").flatMap { line -> [String] in
                let line = line.drop { $0 == " " }
                guard line.hasPrefix("-"), let value = line.range(of: " <") else { return [] }
                return line[..<value.lowerBound].split(separator: ", ").map(String.init)
            }
        }
    }
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}
