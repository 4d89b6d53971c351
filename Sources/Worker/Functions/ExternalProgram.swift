internal import Glibc
internal import ProcessLog
internal import Subprocess
internal import SystemPackage
internal import Wire

/// A program outside the worker that clients can call as a function.
///
/// It reads its arguments as one JSON object, `{"args": [...], "kwargs": {...}}`, from standard input, and writes its
/// result as JSON to standard output. What it writes to standard error goes to the console. Any exit code but 0 is a
/// failure.
struct ExternalProgram: Sendable {
    /// How long a program may run unless its entry says otherwise, in seconds.
    static let defaultTimeLimit: Double = 60
    /// The longest result, in bytes.
    static let outputLimit = 16 << 20

    /// The program and its arguments. A program with a slash in it is a path, seen from `directory`; another one is
    /// looked for in `PATH`.
    let command: [String]
    /// How long it may run, in seconds.
    let timeLimit: Double
    /// The folder in which it runs.
    let directory: String

    /// Runs the program until it has ended or its time is over.
    ///
    /// - Throws: ``FunctionError`` if it fails, and `CancellationError` if the task is cancelled; the program and those
    ///   that it has started are ended then.
    func call(_ positional: [JSONValue], _ named: JSONObject) async throws -> JSONValue {
        let input =
            (["args": .array(positional), "kwargs": .object(named)] as JSONObject).encoded + [UInt8(ascii: "\n")]
        return try await withThrowingTaskGroup(of: JSONValue?.self) { group in
            group.addTask { try await run(input) }
            group.addTask {
                try await Task.sleep(for: .seconds(timeLimit))
                return nil
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() ?? nil else {
                throw FunctionError("'\(name)' was ended because it took longer than \(timeLimit) s")
            }
            return result
        }
    }

    private var name: String { command.first ?? "" }

    /// A program that ends without having read its input shall not end the worker.
    private static let isPipeSignalIgnored: Void = { signal(SIGPIPE, SIG_IGN) }()

    private func run(_ input: [UInt8]) async throws -> JSONValue {
        ExternalProgram.isPipeSignalIgnored
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
        ]
        do {
            let result = try await Subprocess.run(
                executable,
                arguments: Arguments(Array(command.dropFirst())),
                workingDirectory: FilePath(directory),
                platformOptions: options,
                input: .inputWriter,
                output: .bytes(limit: ExternalProgram.outputLimit),
                error: .sequence
            ) { execution in
                // A program need not read its input: that writing fails then is no failure.
                async let writing: Void = {
                    _ = try? await execution.standardInputWriter.write(input)
                    try? await execution.standardInputWriter.finish()
                }()
                let lastLines = try await ExternalProgram.show(execution.standardError)
                await writing
                return lastLines
            }
            guard result.terminationStatus.isSuccess else {
                throw failure(result.terminationStatus, lastLines: result.closureResult)
            }
            return try value(of: result.standardOutput)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw FunctionError("'\(name)' could not be run: \(error)")
        }
    }

    private var executable: Executable {
        guard name.contains("/") else { return .name(name) }
        return .path(FilePath(name.hasPrefix("/") ? name : directory + "/" + name))
    }

    /// Passes on what the program tells its user, and keeps the last lines.
    private static func show(_ output: SubprocessOutputSequence) async throws -> [String] {
        var lastLines: [String] = []
        for try await line in output.strings(bufferingPolicy: .maxLineLength(1 << 20)) {
            ConsoleWriter.shared.write(line + "\n")
            lastLines.append(line)
            if lastLines.count > 20 { lastLines.removeFirst() }
        }
        return lastLines
    }

    private func failure(_ status: TerminationStatus, lastLines: [String]) -> FunctionError {
        let ending =
            switch status {
            case .exited(let code): "ended with exit code \(code)"
            case .signaled(let signal): "was ended by signal \(signal)"
            }
        let reason = lastLines.last { $0.contains { !$0.isWhitespace } }.map { ": \($0)" } ?? ""
        return FunctionError("'\(name)' \(ending)\(reason)", details: lastLines.joined(separator: "\n"))
    }

    private func value(of output: [UInt8]) throws -> JSONValue {
        guard !output.allSatisfy({ $0 == UInt8(ascii: " ") || (9...13).contains($0) }) else { return .null }
        do {
            return try JSONValue(parsing: output)
        } catch {
            throw FunctionError(
                "'\(name)' must write its result as JSON to standard output, and nothing else: \(error)",
                details: String(decoding: output.prefix(1_000), as: UTF8.self)
            )
        }
    }
}
