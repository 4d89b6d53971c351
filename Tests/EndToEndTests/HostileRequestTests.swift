import Glibc
import QueueClient
import Testing
import Wire
import ZeroMQ

/// `Tests/Reliability/hostile-requests` runs these with a million requests instead of some thousands.
@Suite(.timeLimit(.minutes(60))) struct HostileRequestTests {
    private static let count = getenv("HOSTILE_REQUESTS").flatMap { Int(String(cString: $0)) } ?? 4_000
    private static let seed =
        getenv("HOSTILE_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64.random(in: 0...UInt64.max)
    /// How much the manager may grow after the first tenth of the requests, in kB.
    private static let growthLimit = 64_000

    @Test func `each of many hostile requests gets one reply, and the manager neither ends nor grows`() async throws {
        let (count, seed) = (HostileRequestTests.count, HostileRequestTests.seed)
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let pid = try #require(manager.children("re-manager").first)
            try await attack(manager, count: count / 10, seed: seed)
            let before = residentKilobytes(pid)
            let start = ContinuousClock.now
            try await attack(manager, count: count - count / 10, seed: seed &+ 1)
            let (after, took) = (residentKilobytes(pid), start.duration(to: .now))
            print(
                "\(count) hostile requests (seed \(seed)), the last nine tenths in \(took); memory \(before) kB, then \(after) kB"
            )
            #expect(manager.children("re-manager") == [pid], "the manager has ended (seed \(seed))")
            #expect(after - before < HostileRequestTests.growthLimit)
            #expect(try await manager.client.ping().managerState == "idle")
        }
    }

    private func attack(_ manager: TestManager, count: Int, seed: UInt64) async throws {
        let client = try HostileClient(address: manager.address, seed: seed, count: count)
        await client.run()
        let (problems, replies) = (await client.problems, await client.replies)
        #expect(problems.isEmpty, "seed \(seed): \(problems.prefix(5))")
        #expect(replies == count)
        #expect(await client.refusals > count / 2)
    }

    @Test func `connections that say nothing or nonsense keep nobody out`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let port = try #require(manager.address.split(separator: ":").last.flatMap { UInt16($0) })
            var random = SeededRandom(seed: 7)
            let greeting: [UInt8] = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0] + Array("NULL".utf8)
            var descriptors: [Int32] = []
            defer { for descriptor in descriptors { close(descriptor) } }
            for number in 0..<60 {
                let descriptor = try connection(port)
                descriptors.append(descriptor)
                let noise = (0..<100).map { _ in UInt8.random(in: 0...255, using: &random) }
                // A frame that claims to be larger than any memory.
                let giant =
                    greeting + [UInt8](repeating: 0, count: 48) + [2, 0x7F] + [UInt8](repeating: 0xFF, count: 7)
                let sent = [[], Array(greeting.prefix(number % greeting.count)), noise, giant][number % 4]
                _ = Glibc.send(descriptor, sent, sent.count, Int32(MSG_NOSIGNAL))
            }
            for _ in 0..<20 { #expect(try await manager.client.ping().managerState == "idle") }
        }
    }

    @Test func `a client that never reads its replies does not fill the memory and delays nobody`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let pid = try #require(manager.children("re-manager").first)
            let before = residentKilobytes(pid)
            let deaf = try DeafClient(address: manager.address)
            for _ in 0..<10 {
                try await deaf.send(#"{"method": "plans_existing"}"#, count: 1_000)
                #expect(try await manager.client.ping().managerState == "idle")
            }
            // When this has been carried out, so has everything before.
            try await deaf.send(#"{"method": "queue_mode_set", "params": {"mode": {"loop": true}}}"#, count: 1)
            try await manager.client.waitForStatus(timeout: .seconds(60)) { $0.raw["plan_queue_mode"]?["loop"] == true }
            // A thousand replies are kept for it, of 48 kB each; all of them would be 480 MB.
            #expect(residentKilobytes(pid) - before < 2 * HostileRequestTests.growthLimit)
        }
    }
}

/// Sends requests and reads nothing.
private actor DeafClient {
    private let socket: Socket

    init(address: String) throws {
        let socket = try Socket(.dealer, in: Context())
        try socket.connect(to: address)
        self.socket = socket
    }

    /// Sends the same request many times, as fast as it is taken.
    func send(_ request: String, count: Int) async throws {
        for _ in 0..<count {
            while (try? socket.send([[1], [], Array(request.utf8)])) == nil {
                try await Task.sleep(for: .milliseconds(1))
            }
        }
    }
}

/// A connection of TCP to this machine.
private func connection(_ port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(descriptor >= 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    try #require(status == 0)
    return descriptor
}

/// How much memory a process has, in kB.
private func residentKilobytes(_ pid: Int32) -> Int {
    guard let file = fopen("/proc/\(pid)/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if text.hasPrefix("VmRSS:") { return Int(text.filter(\.isNumber)) ?? 0 }
    }
    return 0
}
