import Subprocess
import SystemPackage

/// Runs a program of this package to its end.
func runProgram(
    _ name: String,
    _ arguments: [String]
) async throws -> (status: TerminationStatus, output: String, error: String) {
    let result = try await Subprocess.run(
        .path(FilePath(program(name))),
        arguments: Arguments(arguments),
        output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20)
    )
    return (result.terminationStatus, result.standardOutput, result.standardError)
}
