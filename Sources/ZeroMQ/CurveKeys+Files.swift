extension CurveKeys {
    /// Reads a secret key from a file: the key alone, or a certificate as pyzmq and CZMQ write it (`name.key_secret`).
    ///
    /// - Throws: ``SecretFileError`` if the file cannot be read, everybody can read it, or it holds no secret key.
    public init(secretFile path: String) throws(SecretFileError) {
        let text = try SecretFile.text(of: path)
        guard let keys = CurveKeys(secretKey: CurveKeys.quotedSecret(in: text) ?? text) else {
            throw SecretFileError("'\(path)' holds no secret key: 40 characters of the Z85 alphabet are expected.")
        }
        self = keys
    }

    /// The key in the line `secret-key = "…"` of a certificate.
    private static func quotedSecret(in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop(while: \.isWhitespace)
            guard line.hasPrefix("secret-key"), let open = line.firstIndex(of: "\""),
                let close = line.lastIndex(of: "\""), open < close
            else { continue }
            return String(line[line.index(after: open)..<close])
        }
        return nil
    }

    /// Writes the pair as two certificates that pyzmq and CZMQ can load: `<path>.key` with the public key, and
    /// `<path>.key_secret` with both, which only this user may read.
    ///
    /// - Throws: ``SecretFileError`` if one of the files is there already or cannot be written.
    public func write(to path: String) throws(SecretFileError) {
        let start = "metadata\ncurve\n    public-key = \"\(publicKey)\"\n"
        let secret = "# A secret CURVE key. Keep it to yourself.\n\(start)    secret-key = \"\(secretKey)\"\n"
        try SecretFile.write(secret, to: path + ".key_secret", isSecret: true)
        try SecretFile.write("# A public CURVE key.\n\(start)", to: path + ".key", isSecret: false)
    }
}
