import Installation
import Wire

/// A manual page made of what swift-argument-parser tells of a program (`--experimental-dump-help`).
struct ManualPage {
    private let name: String
    private let program: JSONValue

    init(_ dump: JSONValue, name: String) {
        program = dump["command"] ?? .null
        self.name = name
    }

    /// The page in the language of `man`.
    var text: String {
        var lines = [".TH \(name.uppercased()) 1 \"\" \"run-engine-manager \(Installation.version)\" \"User Commands\""]
        lines += [".SH NAME", "\(escaped(name)) \\- \(escaped(sentence(program["abstract"]?.string ?? "")))"]
        lines += [".SH SYNOPSIS", synopsis(program, [name])]
        if let discussion = program["discussion"]?.string {
            lines += [".SH DESCRIPTION"] + paragraphs(discussion)
        }
        let commands = leaves(program, path: [name])
        if commands.isEmpty {
            lines += [".SH OPTIONS"] + options(arguments(program))
        } else {
            lines += [".SH COMMANDS"]
            for (path, command) in commands {
                lines += [".SS \(escaped(path.dropFirst().joined(separator: " ")))", synopsis(command, path), ".PP"]
                lines += [escaped(command["abstract"]?.string ?? "")]
                if let discussion = command["discussion"]?.string { lines += [".PP"] + paragraphs(discussion) }
                lines += options(arguments(command).filter { $0["sectionTitle"]?.string == nil && !isCommon($0) })
            }
            lines += [".SH OPTIONS OF ALL COMMANDS"]
            lines += options(arguments(program))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The commands that do something, each with its path.
    private func leaves(_ command: JSONValue, path: [String]) -> [([String], JSONValue)] {
        (command["subcommands"]?.array ?? []).flatMap { subcommand -> [([String], JSONValue)] in
            let name = subcommand["commandName"]?.string ?? ""
            guard name != "help", subcommand["shouldDisplay"]?.bool != false else { return [] }
            let inner = leaves(subcommand, path: path + [name])
            return inner.isEmpty ? [(path + [name], subcommand)] : inner
        }
    }

    private func arguments(_ command: JSONValue) -> [JSONValue] {
        (command["arguments"]?.array ?? []).filter { $0["shouldDisplay"]?.bool != false }
    }

    private func isCommon(_ argument: JSONValue) -> Bool {
        ["help", "version"].contains(argument["preferredName"]?["name"]?.string)
    }

    private func synopsis(_ command: JSONValue, _ path: [String]) -> String {
        var parts = ["\\fB\(escaped(path.joined(separator: " ")))\\fR"]
        if command["subcommands"]?.array?.contains(where: { $0["commandName"]?.string != "help" }) == true {
            parts.append("<command>")
        }
        for argument in arguments(command) where argument["kind"]?.string == "positional" {
            let value =
                "<\(argument["valueName"]?.string ?? "value")>"
                + (argument["isRepeating"]?.bool == true ? "..." : "")
            parts.append(escaped(argument["isOptional"]?.bool == true ? "[\(value)]" : value))
        }
        return (parts + ["[<options>]"]).joined(separator: " ")
    }

    private func options(_ arguments: [JSONValue]) -> [String] {
        arguments.flatMap { argument -> [String] in
            let value = argument["valueName"]?.string.map { "<\($0)>" } ?? ""
            let names = (argument["names"]?.array ?? []).map { name in
                (name["kind"]?.string == "short" ? "-" : "--") + (name["name"]?.string ?? "")
            }
            let isFlag = argument["kind"]?.string == "flag"
            let head = names.joined(separator: ", ") + (isFlag ? "" : (names.isEmpty ? "" : " ") + value)
            return [".TP", "\\fB\(escaped(head))\\fR", escaped(argument["abstract"]?.string ?? "")]
        }
    }

    /// The lines of a text, with a new paragraph at each empty one; indented lines stay as they are.
    private func paragraphs(_ text: String) -> [String] {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                lines.append(".PP")
            } else if line.hasPrefix("  ") {
                lines += [".br", escaped(String(line))]
            } else {
                lines.append(escaped(String(line)))
            }
        }
        return lines
    }

    /// The text as it may stand in a page: `man` takes dots and quotes at the start of a line for commands.
    private func escaped(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\n", with: " ")
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }

    private func sentence(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }
}
