internal import Glibc
public import Wire
public import ZeroMQ

/// The worker's end of the link. It belongs to the actor that watches its descriptor.
///
/// Managers come and go: the one that said hello last gets everything, and first of all the state and the reports
/// that no manager has acknowledged.
public struct ManagerSession: ~Copyable {
    private let socket: Socket
    private var manager: [UInt8]?
    /// The process id of the supervisor, as the last manager told it.
    public private(set) var supervisor: Int?
    private var lastReport = 0
    private var unacknowledged: [(number: Int, report: WorkerReport)] = []
    private var state = WorkerState()
    private var backlog = ConsoleBacklog()

    /// Listens on an address, for example `ipc:///run/…/worker`.
    ///
    /// - Throws: ``ZeroMQError``, for example when the address is taken or its folder is missing.
    public init(endpoint: String, in context: Context) throws(ZeroMQError) {
        let socket = try Socket(.router, in: context)
        socket.setHighWaterMark(0)
        // Console output for a manager that has gone is kept for the next one.
        socket.setRefusesUnknownPeers()
        // The last words of a worker that ends should still get out.
        socket.setLinger(milliseconds: 500)
        try socket.bind(to: endpoint)
        self.socket = socket
    }

    /// The descriptor to watch.
    public var descriptor: Int32 { socket.descriptor }

    /// How many managers have said hello.
    public private(set) var greetings = 0

    /// Whether all reports have been acknowledged.
    public var isSettled: Bool { unacknowledged.isEmpty }

    /// Forgets the reports that nobody has acknowledged.
    public mutating func abandonReports() { unacknowledged = [] }

    /// Tells the manager the state, if it differs from what was told last.
    public mutating func update(_ state: WorkerState) {
        guard state != self.state else { return }
        self.state = state
        send(.state(state))
    }

    /// Reports what happened, now and again until a manager has acknowledged it.
    public mutating func report(_ report: WorkerReport) {
        lastReport += 1
        unacknowledged.append((lastReport, report))
        send(.report(number: lastReport, report))
    }

    /// Answers a command.
    public func answer(_ id: Int, _ answer: WorkerAnswer) { send(.answer(id: id, answer)) }

    /// Passes on a piece of console output. What is written while there is no manager is kept for the next one.
    ///
    /// - Returns: Whether there is a manager.
    @discardableResult
    public mutating func console(_ text: String) -> Bool {
        if send(.console(text)) { return true }
        backlog.append(text)
        return false
    }

    /// Tells how far the devices are that the plan waits for. It is not kept for a later manager.
    public func progress(_ devices: [JSONValue]) { send(.progress(devices)) }

    /// Takes the next command with its number, or nil if none has arrived. A message that cannot be read, or that is
    /// from a manager that has been replaced, is passed over.
    public mutating func receive() -> (id: Int, command: WorkerCommand)? {
        while let frames = try? socket.receive() {
            guard frames.count == 2, let message = MessageToWorker(encoded: frames[1]) else { continue }
            switch message {
            case .unknown(let id):
                if frames[0] == manager { answer(id, .refused(reason: "This worker does not know the command")) }
            case .hello(_, let supervisor):
                self.supervisor = supervisor
                welcome(frames[0])
            case .command(let id, let command) where frames[0] == manager: return (id, command)
            case .acknowledge(let number) where frames[0] == manager: unacknowledged.removeAll { $0.number <= number }
            case .command, .acknowledge: continue
            }
        }
        return nil
    }

    private mutating func welcome(_ identity: [UInt8]) {
        manager = identity
        greetings += 1
        send(.welcome(version: linkProtocolVersion, pid: Int(getpid()), state))
        for text in backlog.takeAll() { send(.console(text)) }
        for (number, report) in unacknowledged { send(.report(number: number, report)) }
    }

    /// Returns whether there is a manager that gets the message.
    @discardableResult
    private func send(_ message: MessageToManager) -> Bool {
        guard let manager else { return false }
        return (try? socket.send([manager, message.encoded])) != nil
    }
}
