import Glibc
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(2))) struct ServiceManagerTests {
    @Test(arguments: [false, true])
    func `the service manager is told of the start, the processes, each half watchdog time, and the end`(
        isAbstract: Bool
    ) async throws {
        let folder = try TemporaryFolder()
        let service = try FakeServiceManager(isAbstract ? "@\(folder.path)/notify" : folder.path + "/notify")
        try await TestManager.run(
            state: TemporaryFolder(),
            variables: ["NOTIFY_SOCKET": service.address, "WATCHDOG_USEC": "1000000"]
        ) { manager async throws in
            try await service.wait(for: "READY=1")
            try await manager.openEnvironment()
            let worker = try #require(manager.children("re-worker").first)
            let managerProcess = try #require(manager.children("re-manager").first)
            try await service.wait(for: "STATUS=manager \(managerProcess), worker \(worker)")
            try await service.wait(for: "WATCHDOG=1")
            try await service.wait(for: "WATCHDOG=1")
            // The programs that it starts are not to speak in its name.
            #expect(!environment(of: worker).contains("NOTIFY_SOCKET"))
        }
        try await service.wait(for: "STOPPING=1")
    }

    private func environment(of pid: Int32) -> String {
        guard let file = fopen("/proc/\(pid)/environ", "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

/// The socket to which a service tells how it is.
private final class FakeServiceManager: Sendable {
    let address: String
    private let descriptor: Int32

    init(_ address: String) throws {
        self.address = address
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        let name = Array(address.utf8)
        let capacity = MemoryLayout.size(ofValue: target.sun_path)
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: name) }
        if name.first == UInt8(ascii: "@") { target.sun_path.0 = 0 }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size - capacity + name.count)
        let descriptor = descriptor
        let status = withUnsafePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        try #require(status == 0)
    }

    deinit { close(descriptor) }

    /// Reads messages until this one has come.
    func wait(for message: String) async throws {
        for _ in 0..<3_000 {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            if count < 0 {
                try await Task.sleep(for: .milliseconds(10))
            } else if String(decoding: bytes[..<count], as: UTF8.self) == message {
                return
            }
        }
        Issue.record("'\(message)' did not come")
    }
}
