import ArgumentParser
import Glibc
import QueueClient
import Testing
import Wire

@testable import QServerCommands

@Suite struct ServerFileTests {
    private static let text = """
        default: hall-3
        servers:
          hall-3:
            zmq_control_addr: tcp://hall3:60615
            zmq_info_addr: tcp://hall3:60625
            user: night-shift
          hall-4:
            zmq_control_addr: tcp://hall4:60615
            zmq_encoding: msgpack
            timeout: 5
            user_group: staff
        """

    /// The environment of a user with this file.
    private func withHome<Result>(
        _ text: String? = text,
        _ body: ([String: String]) throws -> Result
    ) throws -> Result {
        var template = Array("/tmp/qserver-test-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        let home = String(cString: made)
        let folder = home + "/qserver"
        mkdir(folder, 0o700)
        defer {
            unlink(folder + "/config.yaml")
            rmdir(folder)
            rmdir(home)
        }
        if let text { try writeFile(text, to: folder + "/config.yaml") }
        return try body(["XDG_CONFIG_HOME": home])
    }

    private func settings(
        _ options: [String],
        _ environment: [String: String]
    ) throws -> ClientConfiguration {
        try ConnectionOptions.parse(options).configuration(environment: environment)
    }

    @Test func `without options and variables the default server counts`() throws {
        let configuration = try withHome { try settings([], $0) }
        #expect(configuration.controlAddress == "tcp://hall3:60615")
        #expect(configuration.infoAddress == "tcp://hall3:60625")
        #expect(configuration.user == "night-shift")
    }

    @Test func `variables count more than the default server`() throws {
        let configuration = try withHome { home in
            try settings([], home.merging(["QSERVER_ZMQ_CONTROL_ADDRESS": "tcp://other:1"]) { $1 })
        }
        #expect(configuration.controlAddress == "tcp://other:1")
        #expect(configuration.infoAddress == "tcp://hall3:60625")
    }

    @Test(arguments: [(["--server", "hall-4"], [:]), ([], ["QSERVER_SERVER": "hall-4"])])
    func `a named server counts more than variables`(options: [String], named: [String: String]) throws {
        let configuration = try withHome { home in
            let variables = ["QSERVER_ZMQ_CONTROL_ADDRESS": "tcp://other:1", "QSERVER_ZMQ_PUBLIC_KEY": "k"]
            return try settings(options, home.merging(named) { $1 }.merging(variables) { $1 })
        }
        #expect(configuration.controlAddress == "tcp://hall4:60615")
        #expect(configuration.encoding == .msgpack)
        #expect(configuration.timeout == .seconds(5))
        #expect(configuration.userGroup == "staff")
        #expect(configuration.user == "qserver-cli")
        #expect(configuration.serverPublicKey == nil)
    }

    @Test(arguments: [
        (["--server", "hall-4", "-a", "tcp://x:1"], [:], "--zmq-control-addr"),
        (["--server", "hall-4"], ["QSERVER_ZMQ_CONTROL_ADDRESS": "tcp://x:1"], "the server 'hall-4' of "),
        ([], ["QSERVER_SERVER": "hall-4"], "the server 'hall-4' of "),
        ([], ["QSERVER_ZMQ_CONTROL_ADDRESS": "tcp://x:1"], "QSERVER_ZMQ_CONTROL_ADDRESS"),
        ([], [:], "the default server 'hall-3' of "),
    ])
    func `what names the address can be told`(options: [String], variables: [String: String], origin: String) throws {
        let told = try withHome { home in
            try ConnectionOptions.parse(options).addressOrigin(environment: home.merging(variables) { $1 })
        }
        #expect(told.hasPrefix(origin))
    }

    @Test func `a host that is not known is told from one that does not answer`() {
        // Names below "invalid" never exist.
        let unknown = AddressAdvice(address: "tcp://no-such-host.invalid:60615", origin: "the server 'x'").failure
        #expect(unknown.message.hasPrefix("This machine does not know the host 'no-such-host.invalid'"))
        #expect(unknown.message.contains("(the server 'x')"))
        let silent = AddressAdvice(address: "tcp://127.0.0.1:9", origin: "--zmq-control-addr").failure
        #expect(silent.message.hasPrefix("Nothing answers at tcp://127.0.0.1:9."))
        #expect(silent.message.hasSuffix("(--zmq-control-addr)?"))
    }

    @Test func `options count most`() throws {
        let options = ["--server", "hall-4", "-a", "tcp://x:1", "--timeout", "1", "--zmq-encoding", "JSON"]
        let configuration = try withHome { try settings(options, $0) }
        #expect(configuration.controlAddress == "tcp://x:1")
        #expect(configuration.timeout == .seconds(1))
        #expect(configuration.encoding == .json)
    }

    @Test(arguments: [("ON", true), ("'on'", true), ("true", true), ("OFF", false), ("'OFF'", false)])
    func `the encryption of what is published is ON or OFF, with or without quotes`(text: String, expected: Bool) throws
    {
        let file = "default: a\nservers: {a: {zmq_info_encryption: \(text)}}"
        #expect(try withHome(file) { try settings([], $0) }.encryptsInfo == expected)
    }

    @Test(arguments: [
        ("servers: {a: {zmq_control_adr: x}}", "unknown member 'zmq_control_adr'. Did you mean 'zmq_control_addr'?"),
        ("servers: {a: {timeout: soon}}", "timeout must be a number of seconds, not 'soon'"),
        ("servers: {a: {zmq_info_encryption: maybe}}", "zmq_info_encryption must be ON or OFF, not 'maybe'"),
        ("servers: {a: 5}", "the server 'a' must hold at least zmq_control_addr"),
        ("default: b\nservers: {a: {user: x}}", "the default server 'b' is not among the servers: a"),
        ("server: {}", "unknown member 'server'; allowed are default, servers"),
        ("servers: [", "is no valid YAML"),
        ("5", "'default' and 'servers' are expected"),
    ])
    func `a wrong file is refused with its place and what is allowed`(text: String, message: String) throws {
        let failure = try withHome(text) { home in
            #expect(throws: CommandFailure.self) { try settings([], home) }
        }
        #expect(failure?.status == .badParameters)
        #expect(failure?.message.contains("/qserver/config.yaml") == true)
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    }

    @Test func `a server that is not in the file is refused, and the nearest is named`() throws {
        let failure = try withHome { home in
            #expect(throws: CommandFailure.self) { try settings(["--server", "hall-5"], home) }
        }
        #expect(failure?.message.contains("Did you mean 'hall-3'?") == true)
        let missing = try withHome(nil) { home in
            #expect(throws: CommandFailure.self) { try settings(["--server", "hall-5"], home) }
        }
        #expect(missing?.message.contains("there is no file of servers") == true)
    }

    @Test func `with an address on the command line a broken file does no harm`() throws {
        let configuration = try withHome("[") { try settings(["-a", "tcp://x:1"], $0) }
        #expect(configuration.controlAddress == "tcp://x:1")
    }
}
