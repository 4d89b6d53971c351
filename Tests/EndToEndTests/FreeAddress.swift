import Glibc
import Testing
import ZeroMQ

/// An address of this machine at which nothing listens, and which no other test is given while this process lives:
/// several test runs on one machine would else find the same port free and take it one after the other.
func freeAddress() throws -> String {
    for _ in 0..<10_000 {
        // Below the ports that the system gives to clients.
        let port = Int.random(in: 20_000..<32_000)
        let address = "tcp://127.0.0.1:\(port)"
        if try Ports.reserve(port), try isFree(address) { return address }
    }
    throw NoFreePort()
}

private struct NoFreePort: Error {}

private func isFree(_ address: String) throws -> Bool {
    let socket = try Socket(.reply, in: Context())
    return (try? socket.bind(to: address)) != nil
}

private enum Ports {
    private static let folder = "/tmp/run-engine-manager-ports-\(getuid())"

    /// Locks the port's file until this process ends.
    ///
    /// - Returns: Whether nobody else has it.
    static func reserve(_ port: Int) throws -> Bool {
        mkdir(folder, 0o700)
        let descriptor = open("\(folder)/\(port)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        close(descriptor)
        return false
    }
}
