import Subprocess
import SystemPackage

/// Runs a program of this package to its end.
func runProgram(
    _ name: String,
    _ arguments: [String],
    variables: [String: String] = [:]
) async throws -> (status: TerminationStatus, output: String, error: String) {
    var environment = Environment.inherit
    for (name, value) in variables { environment = environment.updating([.init(stringLiteral: name): value]) }
    let result = try await Subprocess.run(
        .path(FilePath(program(name))),
        arguments: Arguments(arguments),
        environment: environment,
        output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20)
    )
    return (result.terminationStatus, result.standardOutput, result.standardError)
}
