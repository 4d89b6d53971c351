internal import CLinux
internal import Glibc

/// Tells the service manager that has started this process how things are, in the way of `systemd.service(5)` with
/// `Type=notify`. Does nothing if no service manager wants to know.
struct ServiceManager: ~Copyable {
    private let address: [UInt8]
    private let descriptor: Int32
    /// How often ``alive()`` is due; nil if nobody waits for it.
    let watchdogInterval: Duration?

    /// Reads from the environment whether and where to tell, and takes it out there: it is not for the programs that
    /// this one starts.
    init() {
        address = (ServiceManager.take("NOTIFY_SOCKET") ?? "").utf8.map { $0 }
        let isForThisProcess = ServiceManager.take("WATCHDOG_PID").map { Int32($0) == getpid() } ?? true
        let watchdog = ServiceManager.take("WATCHDOG_USEC").flatMap { Int($0) }
        descriptor = address.isEmpty ? -1 : socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        _ = clinux_set_close_on_exec(descriptor, 1)
        // One that does not read does not hold up this process for long.
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        // Twice within the limit, as is the custom.
        watchdogInterval = watchdog.flatMap { isForThisProcess && $0 > 0 ? .microseconds($0 / 2) : nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Requests are answered from now on.
    func ready() { send("READY=1") }

    /// The service is on its way to its end.
    func stopping() { send("STOPPING=1") }

    /// This process does not hang.
    func alive() { send("WATCHDOG=1") }

    /// A line for who asks how the service is.
    func status(_ text: String) { send("STATUS=" + text) }

    private func send(_ text: String) {
        guard descriptor >= 0 else { return }
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: target.sun_path)
        guard address.count < capacity else { return }
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: address) }
        // An abstract name is written with an @ for the zero that it begins with.
        if address.first == UInt8(ascii: "@") { target.sun_path.0 = 0 }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size - capacity + address.count)
        let bytes = Array(text.utf8)
        withUnsafePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, size)
            }
        }
    }

    private static func take(_ name: String) -> String? {
        defer { unsetenv(name) }
        return getenv(name).map { String(cString: $0) }
    }
}
