/// Now, on two clocks.
struct Moment: Sendable, Hashable {
    /// Seconds on a clock that is never set.
    var uptime: Double
    /// Seconds since 1970.
    var wall: Double
}
