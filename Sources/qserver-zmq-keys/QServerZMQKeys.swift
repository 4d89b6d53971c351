import ArgumentParser
import Glibc
import Installation
import ProcessLog
import ZeroMQ

/// Makes CURVE keys for managers and clients.
@main
struct QServerZMQKeys: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qserver-zmq-keys",
        abstract: "Make a pair of keys, or show the public key that belongs to a private one.",
        discussion: """
            A manager has a private key, and its clients have the public one that belongs to it. A client may have a pair \
            of its own, by which the manager knows it.

            Write keys to files where you can: what is on a command line or on a screen is seen by others.
              qserver-zmq-keys --write ~/keys/manager
              start-re-manager --zmq-private-key-file ~/keys/manager.key_secret
            """,
        version: Installation.version
    )

    @Option(help: ArgumentHelp("Show the public key that belongs to this private key.", valueName: "key"))
    var zmqPrivateKey: String?

    @Option(
        help: ArgumentHelp(
            "Show the public key that belongs to the private key in this file (- is standard input).",
            valueName: "path"
        )
    )
    var zmqPrivateKeyFile: String?

    @Option(
        help: ArgumentHelp(
            "Write the keys to <path>.key and <path>.key_secret, which only you can read, and show the public one.",
            valueName: "path"
        )
    )
    var write: String?

    func validate() throws {
        if zmqPrivateKey != nil, zmqPrivateKeyFile != nil {
            throw ValidationError("--zmq-private-key and --zmq-private-key-file exclude each other")
        }
    }

    func run() {
        do {
            try showKeys()
        } catch {
            StandardError.write("qserver-zmq-keys: failed to generate keys: \(error)")
            Glibc.exit(4)
        }
    }

    private func showKeys() throws {
        let (keys, title) = try keys()
        guard let write else { return show(keys, title: title) }
        try keys.write(to: write)
        print("Private key, for the manager or the client that has it: \(write).key_secret")
        print("Public key, for the others: \(write).key")
        print(keys.publicKey)
    }

    private func keys() throws -> (CurveKeys, title: String) {
        let title = "Public key that belongs to the private key."
        if let path = zmqPrivateKeyFile {
            return (try CurveKeys(secretFile: path == "-" ? "/dev/stdin" : path), title)
        }
        guard let text = zmqPrivateKey else { return (.generate(), "New public-private key pair.") }
        guard let keys = CurveKeys(secretKey: text) else {
            throw ValidationError("the private key must have 40 characters of the Z85 alphabet")
        }
        return (keys, title)
    }

    /// In the form of the reference, which scripts may read.
    private func show(_ keys: CurveKeys, title: String) {
        let line = String(repeating: "=", count: 84)
        print(line, "     ZMQ SECURITY: \(title)", line, separator: "\n")
        // What is in a file stays there.
        if zmqPrivateKeyFile == nil { print(" Private key (RE Manager):                 \(keys.secretKey)") }
        print(" Public key (CLI client or HTTP server):   \(keys.publicKey)")
        print(line)
    }
}
