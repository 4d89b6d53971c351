internal import ArgumentParser
internal import QueueClient

/// How long to wait for something that goes on after the reply.
struct WaitTimeout: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("How long to wait (default: as long as it takes). Exit code 124.", valueName: "seconds"))
    var waitTimeout: Double?

    /// How long to wait.
    ///
    /// - Throws: ``CommandFailure`` that says what is allowed.
    func timeout() throws -> Duration {
        let year: Double = 365 * 86_400
        let seconds = waitTimeout ?? year
        guard seconds > 0, seconds <= year else {
            throw CommandFailure.parameters("--wait-timeout must be more than 0 and at most \(Int(year)) seconds")
        }
        return .seconds(seconds)
    }
}

/// The options of commands that start something which goes on after the reply.
struct WaitOptions: ParsableArguments, Sendable {
    @Flag(help: "Wait until it is done. The exit code tells how it ended; Ctrl-C ends only the waiting.")
    var wait = false

    @OptionGroup
    var limit: WaitTimeout
}
