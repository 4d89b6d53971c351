internal import EventModel
internal import RunEngine
internal import Synchronization
internal import Wire

/// The inside of a simulated motor: where it was sent, where it is, and the move that is under way.
final class SimulatedAxis: Sendable {
    private struct Move {
        let motion: AxisMotion
        let start: ContinuousClock.Instant
        let timer: Timer
        var statuses: [Status]
    }

    private struct State {
        var setpoint: Reading
        var position: Double
        var arrival: Timestamp
        /// What the readback shows besides the position.
        var error: Double
        var move: Move?
    }

    private let name: String
    private let delay: Double
    private let noise: Double
    private let velocity: @Sendable () -> Double?
    private let state: Mutex<State>
    /// Who wants to know of changes of the position.
    let subscribers = Subscribers()
    /// How often those who watch a move are told, in seconds.
    private static let tick = 0.1

    init(_ name: String, value: Double, delay: Double, noise: Double, velocity: @escaping @Sendable () -> Double?) {
        self.name = name
        self.delay = delay
        self.noise = noise
        self.velocity = velocity
        let now = timestampNow()
        state = Mutex(
            State(
                setpoint: Reading(.double(value), at: now),
                position: value,
                arrival: now,
                error: Self.sample(noise)
            )
        )
    }

    private static func sample(_ noise: Double) -> Double { noise > 0 ? .random(in: 0..<noise) : 0 }

    var setpoint: Reading { state.withLock { $0.setpoint } }

    var readback: Reading {
        state.withLock { state in
            guard let move = state.move else {
                return Reading(.double(state.position + state.error), at: state.arrival)
            }
            return Reading(.double(Self.position(of: move) + state.error))
        }
    }

    private static func position(of move: Move) -> Double {
        move.motion.position(after: move.start.duration(to: .now) / .seconds(1))
    }

    /// Goes to `target` from wherever it is. A move that is under way is turned round; its status ends with the new
    /// one.
    func move(to target: Double) -> Status {
        let velocity = velocity()
        defer { subscribers.tell([:]) }
        return state.withLock { state in
            let origin = state.move.map { Self.position(of: $0) } ?? state.position
            let motion = AxisMotion(from: origin, to: target, velocity: velocity, delay: delay)
            let earlier = state.move?.statuses ?? []
            state.move?.timer.cancel()
            state.setpoint = Reading(.double(target))
            state.error = Self.sample(noise)
            guard motion.duration > 0 else {
                state.move = nil
                state.position = target
                state.arrival = state.setpoint.timestamp
                for status in earlier { status.finish() }
                return .finished
            }
            let status = Status(name: name)
            let start = ContinuousClock.now
            state.move = Move(
                motion: motion,
                start: start,
                timer: Timer(after: motion.duration) { [weak self] in self?.arrive(start) },
                statuses: earlier + [status]
            )
            if motion.duration > Self.tick { _ = Timer(after: Self.tick) { [weak self] in self?.report(start) } }
            return status
        }
    }

    /// Tells how far the move is that began at `start`, and again after a while, until it is over.
    private func report(_ start: ContinuousClock.Instant) {
        let move = state.withLock { $0.move }
        guard let move, move.start == start else { return }
        let elapsed = start.duration(to: .now) / .seconds(1)
        let duration = move.motion.duration
        let progress = Progress(
            name: name,
            current: move.motion.position(after: elapsed),
            initial: move.motion.origin,
            target: move.motion.target,
            fraction: max(0, 1 - elapsed / duration),
            timeElapsed: elapsed,
            timeRemaining: max(0, duration - elapsed)
        )
        for status in move.statuses { status.report(progress) }
        subscribers.tell([:])
        _ = Timer(after: Self.tick) { [weak self] in self?.report(start) }
    }

    /// The end of the move that began at `start`, unless another one has begun since.
    private func arrive(_ start: ContinuousClock.Instant) {
        let statuses = state.withLock { state -> [Status] in
            guard let move = state.move, move.start == start else { return [] }
            state.move = nil
            state.position = move.motion.target
            state.arrival = timestampNow()
            return move.statuses
        }
        subscribers.tell([:])
        for status in statuses { status.finish() }
    }

    /// Stands still where it is. Returns the statuses of the move that was under way.
    func halt() -> [Status] {
        defer { subscribers.tell([:]) }
        return state.withLock { state in
            guard let move = state.move else { return [] }
            move.timer.cancel()
            state.move = nil
            state.position = Self.position(of: move)
            state.arrival = timestampNow()
            return move.statuses
        }
    }
}
