internal import CSodium

/// The key of a lock: as it was given, or what is left of it when it has been stored.
struct LockKey: Sendable, Equatable {
    private enum Form: Equatable {
        case text(String)
        case hash(String)
    }

    /// 1 MiB and two passes take less than a millisecond: the manager answers nobody meanwhile.
    private static let (passes, memory) = (UInt64(2), 1 << 20)

    private let form: Form

    /// A key as a user gives it.
    init(_ text: String) { form = .text(text) }

    /// A key of which only the hash is known.
    init(hash: String) { form = .hash(hash) }

    /// The key itself, if it is known.
    var text: String? { if case .text(let text) = form { text } else { nil } }

    /// A salted hash of the key (Argon2id), by which a candidate can be checked; nil if the memory for it is missing.
    var hash: String? {
        guard case .text(let text) = form else {
            return if case .hash(let hash) = form { hash } else { nil }
        }
        guard sodium_init() >= 0 else { return nil }
        var buffer = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let length = UInt64(text.utf8.count)
        guard crypto_pwhash_str(&buffer, text, length, LockKey.passes, LockKey.memory) == 0 else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether this is the key, found out in a time that tells nothing about where the two differ.
    func matches(_ candidate: String) -> Bool {
        switch form {
        case .text(let text):
            let (left, right) = (LockKey.digest(text), LockKey.digest(candidate))
            return sodium_memcmp(left, right, left.count) == 0
        case .hash(let hash): return crypto_pwhash_str_verify(hash, candidate, UInt64(candidate.utf8.count)) == 0
        }
    }

    /// Makes texts of any length equally long.
    private static func digest(_ text: String) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(crypto_generichash_BYTES))
        let bytes = Array(text.utf8)
        crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), nil, 0)
        return digest
    }
}
