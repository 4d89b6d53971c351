internal import EventModel
internal import Wire

extension EngineContext {
    /// Carries the plan out, cleans up after it, and tells how it went.
    func perform(_ plan: Plan) async -> RunOutcome {
        var result = JSONValue.null
        var failure: (any Error)?
        do {
            try await holdWhileSuspended()
            result = try await plan(self)
            // Whatever was asked for during the last lines of the plan.
            try await settle()
        } catch {
            failure = error
            result = .null
        }
        let exitStatus = Self.exitStatus(after: failure)
        let reason = exitStatus == .fail ? failure.map { "\($0)" } ?? "" : control.reason
        await cleanUp(exitStatus: exitStatus, reason: reason)
        return RunOutcome(
            ending: ending(after: failure),
            exitStatus: exitStatus,
            reason: reason,
            runUIDs: runUIDs,
            scanIDs: scanIDs,
            result: result,
            isInterrupted: control.isInterrupted
        )
    }

    /// Brings everything to rest and closes what the plan left open. Nothing that goes wrong here stops it.
    private func cleanUp(exitStatus: ExitStatus, reason: String) async {
        control.pardonFailures()
        close()
        await stopTouched()
        for run in runs { await collectLeftovers(of: run) }
        await unstageAll()
        for run in runs {
            do {
                try emit(.stop(run.stop(exitStatus: exitStatus, reason: reason)))
            } catch {
                engine.configuration.report?("The stop document of run \(run.uid) was not taken: \(error)")
            }
        }
        runs = []
        control.finish()
    }

    /// Takes the monitors of an open run off and takes over what its flyers have recorded.
    private func collectLeftovers(of run: OpenRun) async {
        do {
            try endMonitors(of: run)
        } catch {
            engine.configuration.report?("The last events of monitors were not taken: \(error)")
        }
        for flyer in run.flying.removeAll() {
            guard let collectable = flyer as? any Collectable else { continue }
            do {
                for document in try await run.collect([collectable], stream: nil) { try emit(document) }
            } catch {
                engine.configuration.report?("The data of \(flyer.name) could not be collected: \(error)")
            }
        }
    }

    private static func exitStatus(after failure: (any Error)?) -> ExitStatus {
        switch failure {
        case nil: .success
        case let request as any ControlError: request.exitStatus
        case is PlanHalt, is FailedPause: .abort
        default: .fail
        }
    }

    private func ending(after failure: (any Error)?) -> RunOutcome.Ending {
        switch failure {
        case is RequestStop: return .stopped
        case is RequestAbort: return .aborted
        case is PlanHalt: return .halted
        case let error?:
            // A plan that turns the halt into an error of its own was halted all the same.
            if control.ending == .halt { return .halted }
            return .failed(error)
        case nil: break
        }
        // The plan went on to its end in spite of the request.
        switch control.ending {
        case .stop: return .stopped
        case .abort: return .aborted
        case .halt: return .halted
        case nil: return .completed
        }
    }
}
