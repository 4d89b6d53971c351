internal import QueueClient
internal import TerminalKit
internal import Wire

/// Checks of the way to the manager and of what it says.
struct ConnectionChecks {
    let context: CommandContext
    private var configuration: ClientConfiguration { context.configuration }

    init(context: CommandContext) { self.context = context }

    /// Whether the manager's address is one of this machine.
    var isLocal: Bool {
        let address = configuration.controlAddress
        return ["tcp://localhost:", "tcp://127.", "tcp://[::1]:", "ipc:"].contains { address.hasPrefix($0) }
    }

    func findings() async -> [Finding] {
        var findings = [
            Finding.good(
                "settings",
                "requests to \(configuration.controlAddress), output from \(configuration.infoAddress), "
                    + "\(configuration.encoding.rawValue), \(configuration.serverPublicKey == nil ? "not encrypted" : "encrypted")"
            )
        ]
        if configuration.serverPublicKey == nil, let path = configuration.privateKeyFile {
            findings.append(
                .notice(
                    "keys",
                    "the private key in \(path) is not used, because the connection is not encrypted",
                    "set QSERVER_ZMQ_PUBLIC_KEY to the public key of the manager, if it has one"
                )
            )
        }
        if context.environment["QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER"]?.isEmpty == false {
            findings.append(
                .notice(
                    "keys",
                    "the secret key of the server is in this environment (QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER)",
                    "clients need only the public key (QSERVER_ZMQ_PUBLIC_KEY); unset the other one here"
                )
            )
        }
        do {
            let client = try context.client()
            let status = try await client.status()
            findings.append(
                .good("manager", "\(status.message) answers; it is \(words(status.managerState))")
            )
            findings += describe(status)
            findings += await published(to: client)
            findings += try await lists(of: client)
        } catch {
            let failure = CommandFailure(error)
            findings.append(.problem("manager", failure.message, advice(for: error)))
        }
        return findings
    }

    private func advice(for error: any Error) -> String {
        switch error as? QueueClientError {
        case .noManager:
            isLocal
                ? "start a manager with 'start-re-manager', or name its address with -a, --server or "
                    + "QSERVER_ZMQ_CONTROL_ADDRESS"
                : "check the address, that the manager listens on it and not only on 127.0.0.1, and that no firewall is between"
        case .noHandshake(_, isEncrypted: false):
            "set QSERVER_ZMQ_PUBLIC_KEY to the public key of the manager; if it has none, check the port, which may be "
                + "that of another program or the one where a manager publishes"
        case .noHandshake(_, isEncrypted: true):
            "compare QSERVER_ZMQ_PUBLIC_KEY with the key that was made for the manager, and unset it if there is none; "
                + (configuration.privateKeyFile.map { "have the key of \($0) entered in the manager's file of clients" }
                    ?? "if the manager admits only clients that it knows, name your key with --zmq-private-key-file")
        case .noAnswer: "look at the manager's log; a manager that hangs is replaced after five seconds"
        case .badReply: "use the encoding that the manager was started with (--zmq-encoding)"
        case .refused: "name a group that may use plans (--user-group), or look at 'qserver permissions get'"
        case .badPublicKey: "set QSERVER_ZMQ_PUBLIC_KEY to the whole public key of the manager, in single quotes"
        default: "correct it and try again"
        }
    }

    private func describe(_ status: ManagerStatus) -> [Finding] {
        var findings: [Finding] = []
        if status.isPaused {
            findings.append(
                .notice("plan", "a plan is paused", "go on or end it: qserver re resume, stop, abort or halt")
            )
        }
        findings.append(
            status.workerEnvironmentExists
                ? .good("environment", "open")
                : .notice("environment", "closed, so that no plan can run", "open it: qserver environment open --wait")
        )
        if status.isEnvironmentLocked || status.isQueueLocked {
            findings.append(
                .notice("lock", "others cannot change everything", "'qserver lock info' shows who locked what, and why")
            )
        }
        return findings
    }

    /// Whether the manager publishes; its status comes at least once a second.
    private func published(to client: QueueClient) async -> [Finding] {
        guard let messages = try? client.messages() else {
            return [
                .problem(
                    "publishing",
                    "the address \(configuration.infoAddress) cannot be used",
                    "addresses look like tcp://localhost:60625 (--zmq-info-addr)"
                )
            ]
        }
        let arrived = await withTaskGroup(of: Bool.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                for await _ in messages { return true }
                return false
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(2500))
                return false
            }
            return await group.next() ?? false
        }
        return [
            arrived
                ? .good("publishing", "status and console arrive from \(configuration.infoAddress)")
                : .notice(
                    "publishing",
                    "nothing arrives from \(configuration.infoAddress)",
                    "start the manager with --zmq-publish-console ON if other programs want to follow it, and check the "
                        + "address (--zmq-info-addr)\(encryptionAdvice); qserver itself asks the manager"
                )
        ]
    }

    /// What to check besides if nothing that is published arrives.
    private var encryptionAdvice: String {
        guard configuration.serverPublicKey != nil else { return "" }
        return " and whether it is encrypted (--zmq-info-encryption, now \(configuration.encryptsInfo ? "ON" : "OFF"))"
    }

    private func lists(of client: QueueClient) async throws -> [Finding] {
        let plans = try await client.plansAllowed().count
        let devices = try await client.devicesAllowed().count
        let group = configuration.userGroup
        if plans == 0 {
            return [
                .problem(
                    "permissions",
                    "the group '\(group)' may use no plan",
                    "open the environment once, so that the lists are made, and look at 'qserver permissions get'"
                )
            ]
        }
        return [
            .good("permissions", "the group '\(group)' may use \(count(plans, "plan")) and \(count(devices, "device"))")
        ]
    }
}
