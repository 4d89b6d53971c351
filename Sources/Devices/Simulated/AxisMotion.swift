/// The way of a simulated motor: it waits for the delay and then goes at constant speed. Times are in seconds.
struct AxisMotion: Sendable {
    let origin: Double
    let target: Double
    /// Before it begins to go.
    let delay: Double
    /// While it goes.
    let travel: Double

    /// A move that takes no time beyond the delay if `velocity` (units per second) is nil.
    init(from origin: Double, to target: Double, velocity: Double?, delay: Double) {
        self.origin = origin
        self.target = target
        self.delay = delay
        travel = velocity.map { $0 > 0 ? abs(target - origin) / $0 : 0 } ?? 0
    }

    /// How long the whole move takes.
    var duration: Double { delay + travel }

    /// Where the motor is, so many seconds after the move began.
    func position(after elapsed: Double) -> Double {
        if elapsed >= duration { return target }
        if elapsed <= delay { return origin }
        return origin + (target - origin) * ((elapsed - delay) / travel)
    }
}
