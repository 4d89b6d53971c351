internal import Glibc
internal import QueueClient
internal import TerminalKit
internal import Wire
internal import ZeroMQ

/// Brings events to the model, carries out what it wants, and draws what it shows.
actor MonitorSession {
    /// The signals that the session takes care of. Ctrl-C and Ctrl-Z make signals, as without the monitor.
    static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH]

    private nonisolated let loop = EventLoop()
    /// The thread that owns the terminal.
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let client: QueueClient
    private let messages: AsyncStream<ManagerMessage>
    private var terminal: TerminalDevice
    private let reports: SignalReports
    private let painter: ScreenPainter
    private var decoder = KeyDecoder()
    private var model: MonitorModel
    private var drawn: Screen?
    private var lastDrawing = -Double.infinity
    private var ending: CheckedContinuation<QueueMonitor.Ending, Never>?
    private var timers: [Timer: (time: Double, task: Task<Void, Never>)] = [:]

    private enum Timer { case tick, drawing, key }

    /// Drawing more often than this serves no eye.
    private static let drawingInterval = 0.04
    /// How long to wait for the rest of what may be one key.
    private static let keyPause = 0.05

    init(
        _ configuration: ClientConfiguration,
        terminal: consuming TerminalDevice,
        signals: SignalReports,
        painter: ScreenPainter
    ) throws {
        client = try QueueClient(configuration)
        messages = try client.messages()
        reports = signals
        self.painter = painter
        model = MonitorModel(address: configuration.controlAddress, size: terminal.size, at: .now)
        self.terminal = terminal
        loop.start(named: "monitor")
    }

    /// Runs until the end.
    func run() async -> QueueMonitor.Ending {
        let reason = await withCheckedContinuation { continuation in
            ending = continuation
            start()
        }
        // Not before: resuming needs the loop.
        loop.stop()
        return reason
    }

    private func start() {
        terminal.enter()
        for descriptor in [terminal.descriptor, reports.descriptor] {
            loop.watch(descriptor) { [weak self] in self?.assumeIsolated { $0.drain() } ?? false }
        }
        let messages = messages
        Task { for await message in messages { self.handle(.published(message)) } }
        handle(.tick)
    }

    private func end(_ reason: QueueMonitor.Ending) {
        guard let continuation = ending else { return }
        ending = nil
        for (_, task) in timers.values { task.cancel() }
        terminal.leave()
        continuation.resume(returning: reason)
    }

    // MARK: Events

    /// Takes keys and signals. Returns whether there were any.
    private func drain() -> Bool {
        guard ending != nil else { return false }
        var didAnything = false
        for number in reports.takeAll() {
            didAnything = true
            handle(signal: number)
        }
        switch terminal.read() {
        case .nothing: break
        case .end: end(.terminalLost)
        case .bytes(let bytes):
            didAnything = true
            for key in decoder.decode(bytes) { handle(.key(key)) }
            if decoder.isUndecided {
                wake(.key, at: Moment.now.uptime + MonitorSession.keyPause)
            }
        }
        return didAnything
    }

    private func handle(signal number: Int32) {
        switch number {
        case SIGWINCH: handle(.resized(terminal.size))
        case SIGTSTP:
            terminal.leave()
            // The signal itself would only be reported again.
            kill(getpid(), SIGSTOP)
        case SIGCONT:
            terminal.enter()
            drawn = nil
            handle(.resized(terminal.size))
        case SIGINT: end(.left)
        default: end(.signal(number))
        }
    }

    private func handle(_ event: MonitorEvent) {
        guard ending != nil else { return }
        for effect in model.handle(event, at: .now) {
            switch effect {
            case .send(let question, let request): send(request, question)
            case .redraw: drawn = nil
            case .quit: return end(.left)
            }
        }
        if case .key = event { draw() } else { drawSoon() }
        wake(.tick, at: model.nextTick)
    }

    private func send(_ request: Request, _ question: Question) {
        let request = request.completed(with: client.configuration)
        Task {
            do {
                let reply = try await client.reply(to: request)
                handle(.answer(to: question, .success(reply)))
            } catch let error as QueueClientError {
                handle(.answer(to: question, .failure(error)))
            } catch {
                let error = QueueClientError.badReply(method: request.method, reason: "\(error)")
                handle(.answer(to: question, .failure(error)))
            }
        }
    }

    // MARK: Drawing

    private func drawSoon() {
        let time = lastDrawing + MonitorSession.drawingInterval
        if time <= Moment.now.uptime { draw() } else { wake(.drawing, at: time) }
    }

    private func draw() {
        lastDrawing = Moment.now.uptime
        terminal.writeMore()
        guard terminal.isReady else { return wake(.drawing, at: lastDrawing + MonitorSession.drawingInterval) }
        let screen = MonitorView.render(model)
        let update = painter.update(from: drawn, to: screen)
        drawn = screen
        if update.isEmpty { return }
        terminal.write(update)
        if !terminal.isReady { wake(.drawing, at: lastDrawing + MonitorSession.drawingInterval) }
    }

    // MARK: Time

    /// Makes sure that the timer fires at `time`, or before.
    private func wake(_ timer: Timer, at time: Double) {
        if let current = timers[timer], current.time <= time { return }
        timers[timer]?.task.cancel()
        let task = Task {
            let pause = max(0, time - Moment.now.uptime)
            guard (try? await Task.sleep(for: .seconds(pause))) != nil else { return }
            self.fire(timer)
        }
        timers[timer] = (time, task)
    }

    private func fire(_ timer: Timer) {
        guard ending != nil else { return }
        timers[timer] = nil
        switch timer {
        case .tick: handle(.tick)
        case .drawing: draw()
        case .key: for key in decoder.flush() { handle(.key(key)) }
        }
    }
}

extension Moment {
    static var now: Moment { Moment(uptime: seconds(CLOCK_MONOTONIC), wall: seconds(CLOCK_REALTIME)) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
