import Testing
import Wire

@testable import Manager

@Suite struct AccessLockTests {
    private func locked(_ key: String, emergencyKey: String? = nil) throws -> AccessLock {
        var lock = AccessLock(emergencyKey: emergencyKey)
        try lock.lock(environment: true, queue: false, key: key, user: "Ada", note: nil, time: 1, timeText: "")
        return lock
    }

    @Test func `a stored lock does not tell its key, and is opened by it`() throws {
        let stored = try locked("open sesame").stored(hidesKey: true)
        #expect(!stored.encodedText.contains("sesame"))
        let lock = AccessLock(stored: stored, emergencyKey: nil)
        #expect(throws: Never.self) { try lock.check("open sesame", for: .environment) }
        #expect(throws: Refusal.self) { try lock.check("open", for: .environment) }
        #expect(throws: Refusal.self) { try lock.check(nil, for: .environment) }
        // Stored once more, as when it is moved to another store, it is the same lock.
        let again = AccessLock(stored: lock.stored(hidesKey: true), emergencyKey: nil)
        #expect(throws: Never.self) { try again.check("open sesame", for: .environment) }
    }

    @Test func `a lock that another program may read keeps its key`() throws {
        let stored = try locked("open sesame").stored(hidesKey: false)
        #expect(stored["lock_key"] == "open sesame")
        #expect(throws: Never.self) {
            try AccessLock(stored: stored, emergencyKey: nil).check("open sesame", for: .environment)
        }
    }

    @Test(arguments: ["", "k", "key\u{0}x", "ключ", String(repeating: "x", count: 100_000)])
    func `any text can be a key, and no other opens the lock`(key: String) throws {
        for lock in [try locked(key), AccessLock(stored: try locked(key).stored(hidesKey: true), emergencyKey: nil)] {
            #expect(throws: Never.self) { try lock.check(key, for: .environment) }
            #expect(throws: Refusal.self) { try lock.check(key + "x", for: .environment) }
            #expect(throws: Refusal.self) { try lock.check("other", for: .environment) }
        }
    }

    @Test func `the emergency key unlocks and does nothing else`() throws {
        var lock = try locked("key", emergencyKey: "emergency")
        #expect(throws: Refusal.self) { try lock.check("emergency", for: .environment) }
        #expect(try lock.unlock(key: "emergency"))
        #expect(!lock.covers(.environment))
    }
}
