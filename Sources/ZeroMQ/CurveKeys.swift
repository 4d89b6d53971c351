internal import CZeroMQ

/// A CURVE key pair in Z85 form (40 characters each).
public struct CurveKeys: Sendable, Hashable {
    /// The key that others may know.
    public let publicKey: String
    /// The key that stays secret.
    public let secretKey: String

    /// Makes a new random pair.
    public static func generate() -> CurveKeys {
        var publicKey = [CChar](repeating: 0, count: 41)
        var secretKey = [CChar](repeating: 0, count: 41)
        let status = zmq_curve_keypair(&publicKey, &secretKey)
        precondition(status == 0, "libzmq was built without CURVE")
        return CurveKeys(publicKey: text(publicKey), secretKey: text(secretKey))
    }

    /// The pair that belongs to a secret key, or nil if that is no Z85 text of 40 characters.
    public init?(secretKey: String) {
        guard CurveKeys.isValid(secretKey) else { return nil }
        var publicKey = [CChar](repeating: 0, count: 41)
        guard zmq_curve_public(&publicKey, secretKey) == 0 else { return nil }
        self.init(publicKey: text(publicKey), secretKey: secretKey)
    }

    /// Whether a text can be a key: 40 characters of the Z85 alphabet that decode to 32 bytes.
    public static func isValid(_ key: String) -> Bool {
        guard key.utf8.count == 40 else { return false }
        var bytes = [UInt8](repeating: 0, count: 32)
        return zmq_z85_decode(&bytes, key) != nil
    }

    /// The pair that every client of bluesky-queueserver has. It tells nothing about who the client is.
    public static let wellKnownClient = CurveKeys(
        publicKey: "wt8[6a8eoXFRVL<l2JBbOzs(hcI%kRBIr0Do/eLC",
        secretKey: "=@e7WwVuz{*eGcnv{AL@x2hmX!z^)wP3vKsQ{S7s"
    )

    /// The text of a key of 32 bytes; nil if there is another number of them.
    static func z85(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 32 else { return nil }
        var buffer = [CChar](repeating: 0, count: 41)
        return zmq_z85_encode(&buffer, bytes, bytes.count).map { _ in text(buffer) }
    }

    private init(publicKey: String, secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }
}

private func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
