import Glibc
import Logging
import PlanCatalog
import Testing
import Wire
import YAML
import ZeroMQ

@testable import Manager

private let ada = CurveKeys.generate().publicKey
private let bob = CurveKeys.generate().publicKey

private let document = """
    clients:
      ada: {key: "\(ada)", user: Ada Lovelace, group: primary, rights: [queue, run]}
      bob: {key: "\(bob)", group: staff, rights: [all]}
    guest: {group: observers, rights: []}
    """

@Suite struct AccessTests {
    @Test func `a file of clients gives each key its name, user, group and rights`() throws {
        let clients = try AuthorizedClients(JSONValue(yaml: document))
        #expect(
            clients[ada]
                == AuthorizedClient(
                    name: "ada",
                    user: "Ada Lovelace",
                    group: "primary",
                    rights: [.read, .queue, .run]
                )
        )
        #expect(clients[bob]?.user == "bob")
        #expect(clients[bob]?.rights == Set(Right.allCases))
        #expect(clients[CurveKeys.wellKnownClient.publicKey]?.rights == [.read])
        #expect(clients[CurveKeys.generate().publicKey] == nil)
    }

    @Test(arguments: [
        ("", "a mapping with 'clients', 'guest' or both"), ("client: {}", "unknown member 'client'"),
        ("clients: [x]", "'clients' must be a mapping"), ("clients: {a: x}", "clients/a must be a mapping"),
        ("clients: {a: {}}", "clients/a/key is missing"),
        ("clients: {a: {key: x, group: g, rights: []}}", "clients/a/key must be a public key"),
        ("clients: {a: {key: x, grp: g}}", "unknown member clients/a/grp; allowed are key, user, group, rights"),
        ("guest: {rights: []}", "guest/group is missing"), ("guest: {group: g}", "guest/rights is missing"),
        ("guest: {group: g, rights: read}", "guest/rights must be a list"),
        ("guest: {group: g, rights: [write]}", "'write' is no right; allowed are read, queue, run, scripts, lock"),
        ("guest: {group: '', rights: []}", "guest/group must be a text"),
        ("guest: {key: x, group: g, rights: []}", "unknown member guest/key"),
        (
            "clients: {a: {key: \"\(ada)\", group: g, rights: []}, b: {key: \"\(ada)\", group: g, rights: []}}",
            "'b' and 'a' have the same key"
        ),
    ])
    func `a wrong file is refused with its place`(text: String, reason: String) throws {
        let value = try JSONValue(yaml: text)
        let error = #expect(throws: ClientsError.self) { try AuthorizedClients(value) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func `a refusal names the key, the right that is missing, and those that it has`() throws {
        let client = AuthorizedClient(name: "ada-laptop", user: "Ada", group: "primary", rights: [.run, .read])
        let method = try #require(APIMethod.table["queue_clear"])
        let refusal = #expect(throws: Refusal.self) { try client.check(method) }
        #expect(
            refusal?.message
                == "The key 'ada-laptop' does not have the right 'queue', which 'queue_clear' needs. It has: read, run."
        )
    }

    @Test func `the user and the group of a key take the place of those in the request`() throws {
        let client = AuthorizedClient(name: "ada", user: "Ada", group: "primary", rights: [])
        let add = try #require(APIMethod.table["queue_item_add"])
        let claimed: JSONValue = ["user": "Eve", "user_group": "root", "item": [:]]
        #expect(client.signed(claimed, for: add) == ["user": "Ada", "user_group": "primary", "item": [:]])
        #expect(client.signed(["item": [:]], for: add)["user"] == "Ada")
        let allowed = try #require(APIMethod.table["plans_allowed"])
        #expect(client.signed(["user_group": "root"], for: allowed) == ["user_group": "primary"])
        let clear = try #require(APIMethod.table["queue_clear"])
        #expect(client.signed([:], for: clear) == [:])
        // Here the user is the one who is looked for.
        let audit = try #require(APIMethod.table["audit_get"])
        #expect(client.signed([:], for: audit) == [:])
        #expect(client.signed(["user": "Eve"], for: audit) == ["user": "Eve"])
        #expect(client.signed([], for: add) == [])
    }

    @Test func `methods that only look need no more than the right to read`() {
        let reading = APIMethod.table.values.filter { $0.right == .read }.map(\.name)
        #expect(reading.allSatisfy { !$0.hasSuffix("_set") && !$0.hasSuffix("_add") && !$0.hasPrefix("queue_item_m") })
        for name in ["manager_stop", "permissions_set", "script_upload", "lock", "re_abort", "queue_start"] {
            #expect(!reading.contains(name))
        }
    }

    @Test func `refused keys fill no log`() {
        var keys = RefusedKeys()
        let candidate = Authenticator.Candidate(publicKey: ada, address: "10.0.0.1")
        #expect(keys.line(for: candidate, at: 1000)?.contains(ada) == true)
        for second in 1001..<1060 { #expect(keys.line(for: candidate, at: Double(second)) == nil) }
        #expect(keys.line(for: candidate, at: 1060)?.contains("So were 59 attempts before.") == true)
        #expect(keys.line(for: candidate, at: 1061) == nil)
    }

    @Test func `a changed file counts at once, and a broken one leaves what held before`() throws {
        var template = Array("/tmp/clients-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        close(descriptor)
        let path = String(cString: template)
        defer { unlink(path) }
        func write(_ text: String) throws {
            let file = try #require(fopen(path, "w"))
            fputs(text, file)
            fclose(file)
        }
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

        #expect(throws: ClientsError.self) { try ClientsFile(path: path, mayFail: false, log: log) }
        try write(document)
        var file = try ClientsFile(path: path, mayFail: false, log: log)
        #expect(file.clients.count == 3)
        try write("clients: [")
        file.refresh()
        #expect(file.clients.count == 3)
        try write("guest: {group: observers, rights: [read]}")
        file.refresh()
        #expect(file.clients.count == 1)
        chmod(path, 0o666)
        try write("guest: {group: owners, rights: [all]}")
        file.refresh()
        #expect(file.clients[CurveKeys.wellKnownClient.publicKey]?.group == "observers")
        chmod(path, 0o644)
        file.refresh()
        #expect(file.clients[CurveKeys.wellKnownClient.publicKey]?.group == "owners")
        unlink(path)
        file.refresh()
        #expect(file.clients.count == 1)
        #expect(throws: ClientsError.self) { try ClientsFile(path: path, mayFail: false, log: log) }
        #expect(try ClientsFile(path: path, mayFail: true, log: log).clients.count == 0)
    }
}

extension String {
    fileprivate init(cString: [CChar]) {
        self = String(decoding: cString.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
