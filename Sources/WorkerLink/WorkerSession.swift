public import Wire
public import ZeroMQ

/// The manager's end of the link to one worker. It belongs to the actor that watches its descriptor.
public struct WorkerSession: ~Copyable {
    /// What the worker said.
    public enum Event: Sendable, Equatable {
        /// The worker answers and this is its state. Sent once per session, before anything else.
        case connected(pid: Int, WorkerState)
        /// Its state has changed.
        case state(WorkerState)
        /// Something happened. The manager calls ``WorkerSession/acknowledge(_:)`` when that is safely stored.
        case report(number: Int, WorkerReport)
        /// The answer to the command of this number.
        case answer(id: Int, WorkerAnswer)
        /// A piece of console output.
        case console(String)
        /// How far the devices are that the plan waits for; empty when the wait is over.
        case progress([JSONValue])
        /// The worker speaks another version of the protocol; nothing else will come.
        case incompatible(version: Int)
    }

    private let socket: Socket
    private var lastCommand = 0
    private var isConnected = false

    /// Connects to the worker's address and introduces this manager.
    ///
    /// - Parameters:
    ///   - endpoint: The worker's address.
    ///   - supervisor: The process id of the supervisor that looks after the worker from now on.
    ///   - context: The context of the socket.
    /// - Throws: ``ZeroMQError`` if the address is malformed.
    public init(endpoint: String, supervisor: Int? = nil, in context: Context) throws(ZeroMQError) {
        let socket = try Socket(.dealer, in: context)
        socket.setHighWaterMark(0)
        // The worker is still starting when the manager connects; a retry costs a system call.
        socket.setReconnectInterval(milliseconds: 2)
        try socket.connect(to: endpoint)
        try socket.send(MessageToWorker.hello(version: linkProtocolVersion, supervisor: supervisor).encoded)
        self.socket = socket
    }

    /// The descriptor to watch.
    public var descriptor: Int32 { socket.descriptor }

    /// Sends a command and returns its number, which the answer will carry.
    public mutating func send(_ command: WorkerCommand) -> Int {
        lastCommand += 1
        try? socket.send(MessageToWorker.command(id: lastCommand, command).encoded)
        return lastCommand
    }

    /// Says that the report of this number, and all before it, are safely stored.
    public func acknowledge(_ number: Int) {
        try? socket.send(MessageToWorker.acknowledge(through: number).encoded)
    }

    /// Takes the next event, or nil if nothing has arrived. A message that cannot be read is passed over.
    public mutating func receive() -> Event? {
        while let frames = try? socket.receive() {
            guard let frame = frames.last, let message = MessageToManager(encoded: frame) else { continue }
            if let event = event(of: message) { return event }
        }
        return nil
    }

    private mutating func event(of message: MessageToManager) -> Event? {
        if case .welcome(let version, let pid, let state) = message {
            guard version == linkProtocolVersion else { return .incompatible(version: version) }
            isConnected = true
            return .connected(pid: pid, state)
        }
        guard isConnected else { return nil }
        return switch message {
        case .welcome: nil
        case .state(let state): .state(state)
        case .report(let number, let report): .report(number: number, report)
        case .answer(let id, let answer): .answer(id: id, answer)
        case .console(let text): .console(text)
        case .progress(let devices): .progress(devices)
        }
    }
}
