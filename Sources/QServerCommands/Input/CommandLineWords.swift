/// The words and the options of a command line, before it is parsed.
struct CommandLineWords {
    /// What is neither an option nor the value of one, in order.
    private(set) var words: [String] = []
    /// The options, each with its value, in order.
    private(set) var options: [String] = []

    /// The options that take a value as the next argument. A test compares them with the commands' declarations.
    static let optionsWithValue: Set<String> = [
        "-a", "--zmq-control-addr", "--address", "--zmq-info-addr", "--zmq-encoding", "--zmq-private-key-file",
        "--zmq-info-encryption", "--lock-key", "-k", "--lock-key-file", "--timeout", "--user", "--user-group",
        "--wait-timeout", "--server", "--state-dir", "--startup-dir", "--since", "--until", "--client", "--method",
        "--limit",
    ]

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                words += rest
                return
            }
            if CommandLineWords.isOption(argument) {
                options.append(argument)
                if CommandLineWords.optionsWithValue.contains(argument), let value = rest.popFirst() {
                    options.append(value)
                }
            } else {
                words.append(argument)
            }
        }
    }

    /// Whether this is an option and not a negative number (`-1`, `-0.5`) or a list that begins with one (`-1,5`).
    private static func isOption(_ argument: String) -> Bool {
        guard argument.hasPrefix("-"), let second = argument.dropFirst().first else { return false }
        return !("0"..."9").contains(second) && second != "."
    }

    /// The arguments in a form in which negative numbers (`queue item get -1`) are not taken for options.
    static func shieldingNegativeNumbers(_ arguments: [String]) -> [String] {
        let parts = CommandLineWords(arguments)
        guard !arguments.contains("--"),
            let first = parts.words.firstIndex(where: { $0.hasPrefix("-") && $0 != "-" })
        else { return arguments }
        return parts.words[..<first] + parts.options + ["--"] + parts.words[first...]
    }
}
