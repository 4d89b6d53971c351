/// Requests to a plan that is being carried out. Each may come from any thread, returns at once, and throws
/// ``TransitionError`` when the present state does not allow it.
extension RunEngine {
    /// Asks the plan to pause: at once, or at its next checkpoint.
    ///
    /// A pause at once interrupts what the plan waits for and stops all that was moved. When the plan is resumed, it
    /// goes back to the last checkpoint. Where no pause is possible, the plan is aborted instead.
    public func requestPause(deferred: Bool = false) throws(TransitionError) {
        try control.requestPause(deferred: deferred)
        configuration.report?(deferred ? "Deferred pause acknowledged. Continuing to checkpoint." : "Pausing...")
    }

    /// Lets a paused plan go on. It is running again when its devices are ready.
    public func resume() throws(TransitionError) { try control.requestResume() }

    /// Ends the plan after its clean-up; what it measured counts as a success.
    public func stop() throws(TransitionError) {
        try control.requestEnd(.stop)
        configuration.report?("Stopping: running cleanup and marking exit_status as 'success'...")
    }

    /// Ends the plan after its clean-up, as aborted. The reason goes into the stop documents of runs that the plan
    /// leaves open.
    public func abort(reason: String = "") throws(TransitionError) {
        try control.requestEnd(.abort, reason: reason)
        configuration.report?("Aborting: running cleanup and marking exit_status as 'abort'...")
    }

    /// Ends the plan without any clean-up of its own. Devices are still stopped and unstaged, and runs closed.
    public func halt() throws(TransitionError) {
        try control.requestEnd(.halt)
        configuration.report?("Halting: skipping cleanup and marking exit_status as 'abort'...")
    }

    /// Declares the engine broken, for good: it refuses everything from here on.
    public func panic() { control.panic() }
}
