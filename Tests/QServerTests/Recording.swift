import Glibc

/// Whether expected texts are to be written instead of compared.
enum Recording {
    static var isOn: Bool { getenv("QSERVER_RECORD_GOLDEN") != nil }

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw Failure(path: path) }
        fputs(text, file)
        fclose(file)
    }

    struct Failure: Error {
        let path: String
    }
}
