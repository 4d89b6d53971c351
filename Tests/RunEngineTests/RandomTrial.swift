import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Synchronization
import Testing

/// A random plan that is carried out and interrupted once, and whatever must hold after that.
struct RandomTrial: CustomStringConvertible {
    let seed: UInt64
    let areDevicesFaulty: Bool
    var interruption = Interrupter.Interruption.none
    var position = 0

    init(seed: UInt64, areDevicesFaulty: Bool) {
        self.seed = seed
        self.areDevicesFaulty = areDevicesFaulty
    }

    var description: String {
        "RANDOM_PLANS=\(seed), \(areDevicesFaulty ? "faulty devices, " : "")\(interruption) at \(position)"
    }

    private var mayFail: Bool { seed.isMultiple(of: 4) }

    /// Returns how many messages there were.
    @discardableResult
    func run() async throws -> Int {
        var generator = SeededGenerator(seed: seed)
        let steps = RandomStep.some(&generator, depth: 4, key: nil, mayFail: mayFail)
        let troubles = RandomStage.names.map { name in
            (name, areDevicesFaulty ? Witness.Trouble.some(&generator) : [:])
        }
        let interrupter = Interrupter(interruption, at: position, &generator)
        let stage = RandomStage(
            troubles.map { name, troubles in Witness(name, troubles: troubles) { interrupter.hangs($0) } }
        )
        let states = Log<EngineState>()
        let engine = RunEngine(configuration: configuration(interrupter, states))
        interrupter.attach(engine)
        try await engine.install(Suspender(interrupter.alarm, .high))
        let documents = DocumentCollector()
        let ended = Status(name: "\(self), \(troubles)", timeout: 60)
        let call = Task {
            defer { ended.finish() }
            return try await engine.run(Plan("random") { try await stage.carryOut(steps, $0) }, sinks: [documents])
        }
        try await ended.wait()
        let outcome = try await call.value
        interrupter.attach(nil)
        let comment = Comment("\(self), \(troubles): \(outcome.ending), \(states.elements.map(\.rawValue))")
        #expect(engine.state == .idle, comment)
        expectWellFormed(documents.documents, comment)
        try await expectAtRest(stage, comment)
        expectCleanups(stage, outcome, comment)
        expectEnding(outcome, interrupter.ending, comment)
        let next = try await engine.run(Plan("next") { try await $0.null() })
        #expect(next.ending.word == "completed", comment)
        return interrupter.messageCount
    }

    private func configuration(_ interrupter: Interrupter, _ states: Log<EngineState>) -> EngineConfiguration {
        var configuration = EngineConfiguration()
        configuration.messageHook = { interrupter.message($0.command.name) }
        configuration.waitingHook = { statuses in
            let waitsInVain = statuses?.contains { !$0.isDone && $0.name == Witness.stalled } ?? false
            if waitsInVain { interrupter.stalls() }
        }
        configuration.onStateChange = { new, _ in
            states.append(new)
            if new == .paused { interrupter.paused() }
        }
        configuration.report = { if $0.hasPrefix("A device could not be resumed") { interrupter.staysPaused() } }
        configuration.recordInterruptions = seed.isMultiple(of: 3)
        configuration.devicePatience = 0.005
        return configuration
    }

    // MARK: Invariants

    private func expectWellFormed(_ documents: [Document], _ comment: Comment) {
        var check = DocumentCheck()
        for document in documents { check.take(document) }
        #expect(check.problems == [], comment)
        #expect(check.openRuns.isEmpty, comment)
    }

    /// Also what answers when nobody expects it any more is put to rest.
    private func expectAtRest(_ stage: RandomStage, _ comment: Comment) async throws {
        for device in stage.devices where !device.log.elements.contains("hangs") {
            #expect(Witness.isAtRest(device.log.elements), comment)
        }
        for device in stage.devices {
            let rest = Status(name: "\(comment): the rest of \(device.name)", timeout: 30)
            device.log.wait(rest) { Witness.hasAnswered($0) && Witness.isAtRest($0) }
            device.answer()
            do { try await rest.wait() } catch { Issue.record("\(error): \(device.log.elements)") }
        }
    }

    private func expectCleanups(_ stage: RandomStage, _ outcome: RunOutcome, _ comment: Comment) {
        let due = stage.dueCleanups.load(ordering: .relaxed)
        let done = stage.doneCleanups.load(ordering: .relaxed)
        if outcome.ending.word == "halted" { #expect(done <= due, comment) } else { #expect(done == due, comment) }
    }

    private func expectEnding(_ outcome: RunOutcome, _ requested: String?, _ comment: Comment) {
        switch outcome.ending {
        case .failed(let error):
            // A failure that came before the request, or that the plan itself makes.
            let isExpected =
                mayFail && error is TestError || areDevicesFaulty && (error is DeviceError || error is FailedStatus)
            #expect(isExpected && requested != "halted", comment)
        default: #expect(outcome.ending.word == requested ?? "completed", comment)
        }
    }
}
