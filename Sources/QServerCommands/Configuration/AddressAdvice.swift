internal import Glibc
internal import QueueClient

/// Why nothing answers at the address of a manager, and what to look at.
struct AddressAdvice {
    let address: String
    /// What says that this is the address.
    let origin: String

    /// The failure for people. An unknown host is looked up, which may take seconds where name servers do not answer.
    var failure: CommandFailure {
        let text =
            if let host, !AddressAdvice.isKnown(host) {
                "This machine does not know the host '\(host)' of the address \(address) (\(origin))."
            } else {
                "Nothing answers at \(address). Is the manager running, and is this its address (\(origin))?"
            }
        return CommandFailure(status: .communicationError, message: text)
    }

    /// The host of a TCP address.
    private var host: String? {
        guard address.hasPrefix("tcp://"), let colon = address.lastIndex(of: ":") else { return nil }
        let host = address[..<colon].dropFirst("tcp://".count)
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : String(host)
    }

    private static func isKnown(_ host: String) -> Bool {
        var addresses: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, nil, &addresses)
        if let addresses { freeaddrinfo(addresses) }
        return status != EAI_NONAME
    }
}

extension ConnectionOptions {
    /// What says where the manager is: an option, a variable, or a server of the file.
    func addressOrigin(environment: [String: String]) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let variable = "QSERVER_ZMQ_CONTROL_ADDRESS"
        if controlAddress != nil { return "--zmq-control-addr" }
        guard let file = try? ServerFile(environment: environment) else { return variable }
        if let name = server ?? value("QSERVER_SERVER") { return "the server '\(name)' of \(file.path)" }
        guard value(variable) == nil, let name = file.defaultName else { return variable }
        return "the default server '\(name)' of \(file.path)"
    }
}
