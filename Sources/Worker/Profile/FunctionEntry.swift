internal import Wire

/// One function of a profile: one that the worker has, or a program to run.
///
///     - function_sleep
///     - name: beam_current
///       command: [./beam-current, --unit, mA]
///       time_limit: 10
struct FunctionEntry {
    let name: String
    private let work: Work

    private enum Work {
        case builtin
        case program(command: [String], timeLimit: Double)
    }

    init(_ value: JSONValue, file: String) throws(ProfileError) {
        let members = value.string.map { ["name": .string($0)] as JSONObject } ?? value.object ?? [:]
        guard let name = members["name"]?.string, !name.isEmpty else {
            throw ProfileError(
                file,
                "an entry is the name of a function, or has a member 'name': \(value.encodedText)"
            )
        }
        self.name = name
        let known = ["name", "command", "time_limit"]
        if let unknown = members.keys.first(where: { !known.contains($0) }) {
            throw ProfileError(file, "function '\(name)' has an unknown member '\(unknown)'; known are \(known)")
        }
        guard let command = members["command"] else {
            guard members["time_limit"] == nil else {
                throw ProfileError(file, "function '\(name)': a 'time_limit' is for a function with a 'command'")
            }
            work = .builtin
            return
        }
        let words = command.string.map { [$0] } ?? command.array?.map { $0.string ?? "" } ?? []
        guard let program = words.first, !program.isEmpty, !words.contains(where: { $0.utf8.contains(0) }),
            command.array?.allSatisfy({ $0.string != nil }) ?? true
        else {
            throw ProfileError(
                file,
                "function '\(name)': 'command' must be a program, or a list of a program and its arguments as texts"
            )
        }
        let timeLimit = members["time_limit"].map(\.number) ?? ExternalProgram.defaultTimeLimit
        guard let timeLimit, timeLimit > 0, timeLimit <= 1e8 else {
            throw ProfileError(file, "function '\(name)': 'time_limit' must be a number of seconds above 0")
        }
        work = .program(command: words, timeLimit: timeLimit)
    }

    /// The function that is meant.
    ///
    /// - Parameter directory: The folder in which programs run.
    func definition(
        directory: String,
        file: String,
        repertoire: Repertoire
    ) throws(ProfileError) -> FunctionDefinition {
        switch work {
        case .program(let command, let timeLimit):
            let program = ExternalProgram(command: command, timeLimit: timeLimit, directory: directory)
            return FunctionDefinition(name) { try await program.call($0, $1) }
        case .builtin:
            guard let definition = repertoire.functions[name] else {
                let known = repertoire.functions.keys.sorted().joined(separator: ", ")
                throw ProfileError(
                    file,
                    "the worker has no function '\(name)'; it has: \(known). Another one needs a 'command'"
                )
            }
            return definition
        }
    }
}
