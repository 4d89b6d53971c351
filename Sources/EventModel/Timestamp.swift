internal import Glibc

/// A moment, in seconds since 1970-01-01 00:00 UTC.
public typealias Timestamp = Double

/// The present moment.
public func timestampNow() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
