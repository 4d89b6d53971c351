import Glibc
import Testing
import ZeroMQ

@Suite struct KeyFileTests {
    private let path: String

    init() throws {
        var template = Array("/tmp/keys-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made) + "/name"
    }

    @Test func `keys that are written can be read back, and only by this user`() throws {
        let keys = CurveKeys.generate()
        try keys.write(to: path)
        #expect(try CurveKeys(secretFile: path + ".key_secret") == keys)
        var information = stat()
        #expect(stat(path + ".key_secret", &information) == 0)
        #expect(information.st_mode & 0o777 == 0o600)
        #expect(throws: SecretFileError.self) { try CurveKeys(secretFile: path + ".key") }
        // A key is never replaced.
        #expect(throws: SecretFileError.self) { try CurveKeys.generate().write(to: path) }
        #expect(try CurveKeys(secretFile: path + ".key_secret") == keys)
    }

    @Test func `a file may hold the key alone`() throws {
        let keys = CurveKeys.generate()
        try write("\n\(keys.secretKey)\n", mode: 0o600)
        #expect(try CurveKeys(secretFile: path) == keys)
    }

    @Test(arguments: [("", 0o600, "is empty"), ("secret", 0o600, "holds no secret key"), ("x", 0o644, "chmod 600")])
    func `a file that cannot be used is named, and its text is not`(text: String, mode: Int, reason: String) throws {
        try write(text, mode: mode)
        let error = #expect(throws: SecretFileError.self) { try CurveKeys(secretFile: path) }
        #expect(error?.description.contains("'\(path)'") == true)
        #expect(error?.description.contains(reason) == true)
        #expect(text.count < 2 || error?.description.contains("'\(text)'") == false)
    }

    private func write(_ text: String, mode: Int) throws {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
        chmod(path, mode_t(mode))
    }
}
