package import EventModel
package import RunEngine
internal import Synchronization
package import Wire

/// A motor whose moves end when the test says so, and which writes down what happens to it.
package final class ManualMotor: Movable, Readable, Stageable, Stoppable, Pausable {
    private struct State {
        var pending: [Status] = []
        var log: [String] = []
        var resumeFailures = 0
    }

    package let name: String
    private let state = Mutex(State())

    package init(_ name: String = "manual") { self.name = name }

    /// What happened: `set 1`, `stop`, `pause`, `resume`, `stage`, `unstage`.
    package var log: [String] { state.withLock { $0.log } }

    /// How many moves have not ended.
    package var pendingCount: Int { state.withLock { $0.pending.count } }

    /// Lets the next `count` calls of `resume` fail.
    package func failResume(_ count: Int) { state.withLock { $0.resumeFailures = count } }

    private func write(_ line: String) { state.withLock { $0.log.append(line) } }

    private func takePending() -> [Status] {
        state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
    }

    /// Ends all moves.
    package func arrive() { for status in takePending() { status.finish() } }

    /// Lets all moves fail.
    package func fail(_ error: any Error) { for status in takePending() { status.fail(error) } }

    package func set(_ setpoint: JSONValue) -> Status {
        let status = Status(name: name)
        state.withLock { state in
            state.pending.append(status)
            state.log.append("set \(setpoint.encodedText)")
        }
        return status
    }

    package func read() -> Readings { [name: Reading(0.0)] }
    package func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }

    package func stop(success: Bool) {
        write("stop")
        arrive()
    }

    package func pause() { write("pause") }

    package func resume() throws {
        write("resume")
        let fails = state.withLock { state in
            defer { state.resumeFailures = max(0, state.resumeFailures - 1) }
            return state.resumeFailures > 0
        }
        if fails { throw DeviceError(self, "it does not wake up") }
    }

    package func stage() -> Staging {
        write("stage")
        return .done([self])
    }

    package func unstage() -> Staging {
        write("unstage")
        return .done([self])
    }
}
