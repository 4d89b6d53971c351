import ZeroMQ

/// An address that was free a moment ago, for a manager that must come back to it.
func freeAddress() throws -> String {
    let socket = try Socket(.reply, in: Context())
    try socket.bind(to: "tcp://127.0.0.1:*")
    return socket.lastEndpoint
}
