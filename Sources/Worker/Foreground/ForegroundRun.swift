internal import Dispatch
internal import EventModel
internal import Glibc
internal import PlanCatalog
internal import RunEngine
public import Wire

/// One plan of a profile, run without a manager: for trying plans and for tests.
///
/// The first Ctrl-C aborts the plan, whose clean-up runs; the second one halts it.
public struct ForegroundRun: Sendable {
    /// How a run ended.
    public enum Outcome: Sendable, Equatable {
        /// The plan went to its end.
        case completed(runUIDs: [String])
        /// Somebody ended it.
        case interrupted
        /// It failed, with this text.
        case failed(String)
    }

    private let profile: LoadedProfile
    private let runMetadata: JSONObject
    private let catalog: Catalog
    private let print: @Sendable (String) -> Void

    /// Loads a profile; every plan and device in it may be used.
    ///
    /// - Parameters:
    ///   - repertoire: What the profile can name.
    ///   - print: Takes lines for the reader.
    /// - Throws: An error that says what is wrong with the profile.
    public init(
        profile location: ProfileLocation,
        repertoire: Repertoire = .standard,
        print: @escaping @Sendable (String) -> Void
    ) throws {
        profile = try LoadedProfile(location, repertoire: repertoire)
        runMetadata = try location.runMetadata()
        catalog = profile.catalog(permissions: try ForegroundRun.everything)
        self.print = print
    }

    private static let user = "root"

    private static var everything: UserGroupPermissions {
        get throws {
            try UserGroupPermissions([
                "user_groups": ["root": ["allowed_plans": [nil], "allowed_devices": [":?.*:depth=9"]]]
            ])
        }
    }

    /// Runs a plan.
    ///
    /// - Parameters:
    ///   - name: Name of the plan in the profile.
    ///   - arguments: Arguments by position.
    ///   - keywords: Arguments by name.
    ///   - metadata: For the runs of the plan.
    ///   - documentsPath: A file to which the documents are appended as lines of JSON; nil for none.
    ///   - showsTable: Whether the table of each run is printed.
    /// - Throws: An error that says which argument does not fit, or why the file cannot be written.
    public func run(
        _ name: String,
        arguments: [JSONValue],
        keywords: JSONObject,
        metadata: JSONObject,
        documentsPath: String?,
        showsTable: Bool
    ) async throws -> Outcome {
        let plan = try plan(name, arguments, keywords)
        var sinks: [any DocumentSink] = []
        if let documentsPath { sinks.append(try JSONLinesSink(path: documentsPath)) }
        if showsTable { sinks += [LiveTable(print: print), RunStatistics(print: print)] }

        var configuration = EngineConfiguration()
        configuration.report = print
        configuration.input = { prompt in
            print(prompt)
            // An empty line is an answer, the end of the input is none.
            guard let answer = readLine() else { throw InputEnded() }
            return answer
        }
        if showsTable, isatty(1) == 1 {
            let bars = ProgressBars { text in
                let bytes = Array(text.utf8)
                _ = write(1, bytes, bytes.count)
            }
            configuration.waitingHook = { bars.show($0) }
        }
        let engine = RunEngine(metadata: runMetadata, configuration: configuration)
        for suspender in profile.suspenders { try await engine.install(suspender) }
        defer { for suspender in profile.suspenders { engine.remove(suspender) } }
        let interrupts = watchInterrupts(engine)
        defer { interrupts.cancel() }
        let outcome = try await engine.run(plan, metadata: metadata, sinks: sinks)
        return switch outcome.ending {
        case .completed: .completed(runUIDs: outcome.runUIDs)
        case .stopped, .aborted, .halted: .interrupted
        case .failed(let error): .failed("\(error)")
        }
    }

    private func plan(_ name: String, _ arguments: [JSONValue], _ keywords: JSONObject) throws -> Plan {
        guard catalog.existingPlans[name] != nil else {
            let question = Suggestion.question(name, in: catalog.existingPlans.names)
            throw CommandRefused("There is no plan '\(name)' in the profile.\(question)")
        }
        let item: JSONObject = [
            "item_type": "plan", "name": .string(name), "args": .array(arguments), "kwargs": .object(keywords),
        ]
        return try profile.plan(try catalog.bind(item, group: ForegroundRun.user))
    }

    /// Says what a plan is going to do, without moving anything: its steps, setpoints that are going to be refused, and
    /// how long it is going to take. Returns whether it is going to work.
    ///
    /// - Throws: An error that says which argument does not fit.
    public func rehearse(_ name: String, arguments: [JSONValue], keywords: JSONObject) async throws -> Bool {
        let rehearsal = await Rehearsal(of: try plan(name, arguments, keywords), limit: 100_000)
        RehearsalReport(rehearsal).print(print)
        return rehearsal.problems.isEmpty
    }

    private func watchInterrupts(_ engine: RunEngine) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            if engine.state == .running { try? engine.abort(reason: "Ctrl-C") } else { try? engine.halt() }
        }
        source.resume()
        return source
    }
}

/// The plan asked something, but the standard input had come to its end.
private struct InputEnded: Error, CustomStringConvertible {
    let description = "The plan asked a question, but the standard input has ended, so that nobody can answer"
}
