internal import ArgumentParser

/// The options of commands that start something which goes on after the reply.
struct WaitOptions: ParsableArguments {
    @Flag(help: "Wait until it is done. Exit code 5 if it does not succeed.")
    var wait = false

    @Option(help: ArgumentHelp("How long --wait waits (default: as long as it takes).", valueName: "seconds"))
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
