import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

/// Each stub and each preprocessor of bluesky, under its name there, with the messages that bluesky sends for it.
struct BuildingBlockTests {
    private typealias Body = (PlanContext) async throws -> Void

    private let det = InstantDetector()
    private let m1 = InstantMotor("m1")
    private let m2 = InstantMotor("m2")
    private let loc = LocatedMotor("loc")
    private let fly = PreparedFlyer("fly")
    private let fly2 = PreparedFlyer("fly2")
    private let sig = ManualSignal("sig")
    private let sink = DocumentCollector()

    private var suspender: Suspender { Suspender(sig, .high) }
    private var moves: [Move] { [Move(m1, 1), Move(m2, 2)] }

    private var stubs: [String: Body] {
        messageStubs.merging(deviceStubs) { first, _ in first }.merging(compoundStubs) { first, _ in first }
    }

    private var messageStubs: [String: Body] {
        [
            "declare_stream": { try await $0.declareStream([det, m1], name: "primary") },
            "create": { try await $0.create() },
            "save": { try await $0.save() },
            "drop": { try await $0.drop() },
            "null": { try await $0.null() },
            "sleep": { try await $0.sleep(1) },
            "wait": { try await $0.wait("g", timeout: 1, errorOnTimeout: false, watch: ["h"]) },
            "checkpoint": { try await $0.checkpoint() },
            "clear_checkpoint": { try await $0.clearCheckpoint() },
            "pause": { try await $0.pause() },
            "deferred_pause": { try await $0.deferredPause() },
            "input_plan": { _ = try await $0.input("ask") },
            "subscribe": { _ = try await $0.subscribe(sink) },
            "unsubscribe": { try await $0.unsubscribe(RunEngine().subscribe(sink)) },
            "install_suspender": { try await $0.installSuspender(suspender) },
            "remove_suspender": { try await $0.removeSuspender(suspender) },
            "open_run": { try await $0.openRun(metadata: ["a": 1]) },
            "close_run": { try await $0.closeRun(exitStatus: .abort, reason: "why") },
            "wait_for": { try await $0.waitFor([], timeout: 2) },
        ]
    }

    private var deviceStubs: [String: Body] {
        [
            "read": { try await $0.read(det) },
            "locate": { _ = try await $0.locate(loc) },
            "monitor": { try await $0.monitor(sig, stream: "mon") },
            "unmonitor": { try await $0.unmonitor(sig) },
            "abs_set": { try await $0.set(m1, 1.5, wait: true) },
            "rel_set": { try await $0.relSet(m1, 1.5, wait: true) },
            "mv": { try await $0.mv(moves) },
            "mov": { try await $0.mv(moves) },
            "mvr": { try await $0.mvr(moves) },
            "movr": { try await $0.mvr([Move(loc, 1), Move(m2, 2)]) },
            "rd": { _ = try await $0.rd(loc) },
            "stop": { try await $0.stop(m1) },
            "trigger": { try await $0.trigger(det, wait: true) },
            "prepare": { try await $0.prepare(fly, 3, group: "g", wait: true) },
            "kickoff": { try await $0.kickoff(fly, group: "g", wait: true) },
            "kickoff_all": { try await $0.kickoffAll([fly, fly2]) },
            "complete": { try await $0.complete(fly, group: "g", wait: true) },
            "complete_all": { try await $0.completeAll([fly, fly2], wait: true) },
            "collect": { try await $0.collect([fly, fly2], stream: "s", returningPayload: false) },
            "configure": { try await $0.configure(sig, ["gain": 2]) },
            "stage": { try await $0.stage(det) },
            "unstage": { try await $0.unstage(det) },
            "stage_all": { try await $0.stageAll([det, m1]) },
            "unstage_all": { try await $0.unstageAll([det, m1]) },
        ]
    }

    private var compoundStubs: [String: Body] {
        [
            "collect_while_completing": {
                try await $0.collectWhileCompleting([fly], [fly, fly2], stream: "s", flushPeriod: 0.5)
            },
            "trigger_and_read": { try await $0.triggerAndRead([det, m1]) },
            "broadcast_msg": { try await $0.broadcast(to: [m1, m2]) { .stop($0) } },
            "repeater": { context in try await context.repeater(2) { try await context.null() } },
            "caching_repeater": { try await $0.cachingRepeater(2) { try await $0.null() } },
            "one_shot": { try await $0.oneShot([det]) },
            "one_1d_step": { try await $0.one1DStep([det], m1, 1.5) },
            "move_per_step": { context in
                var cache = PositionCache()
                try await context.movePerStep(ScanStep(motors: [m2], positions: [2]), &cache)
            },
            "one_nd_step": { context in
                var cache = PositionCache()
                try await context.oneNDStep([det], ScanStep(motors: [m1], positions: [1]), &cache)
            },
            "repeat": { context in try await context.repeating(2) { try await context.null() } },
        ]
    }

    private var preprocessors: [String: Body] {
        [
            "plan_mutator": { context in
                let noisy = FilteringContext(context) { message, next in
                    if case .trigger = message.command { try await next.null() }
                    return try await next.send(message)
                }
                try await run(noisy)
            },
            "msg_mutator": {
                try await $0.withMessages { message in
                    if case .checkpoint = message.command { nil } else { message }
                } _: {
                    try await run($0)
                }
            },
            "pchain": { _ = try await Plan.chain([Plan("moves", body: move), Plans.null()])($0) },
            "print_summary_wrapper": { try await $0.printingSummary({ _ in }) { try await run($0) } },
            "run_wrapper": { context in
                _ = try await context.withRun(metadata: ["a": 1]) { try await move(context) }
            },
            "stage_wrapper": { context in try await context.withStaged([det, m1, det]) { try await move(context) } },
            "lazily_stage_wrapper": {
                try await $0.withLazyStaging { context in
                    try await move(context)
                    try await context.triggerAndRead([det])
                }
            },
            "finalize_wrapper": { context in
                try await context.finalize {
                    try await move(context)
                } final: {
                    try await context.null()
                }
            },
            "contingency_wrapper": { context in
                try await context.contingency {
                    try await move(context)
                } onSuccess: {
                    try await context.checkpoint()
                } finally: {
                    try await context.null()
                }
            },
            "subs_wrapper": { context in try await context.withSubscription(sink) { try await move(context) } },
            "suspend_wrapper": { context in try await context.withSuspenders([suspender]) { try await move(context) } },
            "relative_set_wrapper": { try await $0.withRelativeMoves { try await move($0) } },
            "reset_positions_wrapper": { try await $0.withPositionsRestored { try await move($0) } },
            "inject_md_wrapper": { try await $0.withMetadata(["b": 2]) { try await run($0) } },
            "rewindable_wrapper": { context in try await context.withoutRewinding { try await move(context) } },
            "baseline_wrapper": { try await $0.withBaseline([m1]) { try await run($0) } },
            "monitor_during_wrapper": { try await $0.withMonitors([sig]) { try await run($0) } },
            "fly_during_wrapper": { try await $0.withFlyers([fly]) { try await run($0) } },
            "stub_wrapper": {
                try await $0.asStub { context in
                    try await context.withStaged([det]) { try await run(context) }
                }
            },
            "set_run_key_wrapper": { try await $0.withRunKey("k") { try await run($0) } },
            "configure_count_time_wrapper": { try await $0.withCountTime(2) { try await run($0) } },
            "SupplementalData": {
                let data = SupplementalData(baseline: [m1], monitors: [sig], flyers: [fly])
                try await data.preprocessor(Plan("run", body: run))($0)
            },
        ]
    }

    @Sendable private func run(_ context: PlanContext) async throws {
        try await context.openRun(metadata: ["a": 1])
        try await context.checkpoint()
        try await context.triggerAndRead([det])
        try await context.closeRun()
    }

    @Sendable private func move(_ context: PlanContext) async throws {
        try await context.set(m1, 1, group: "g")
        try await context.wait("g")
    }

    private func expect(_ blocks: [String: Body], areThoseOf section: String) async throws {
        let golden = try #require(try goldenBuildingBlocks()[section]?.object)
        #expect(Set(blocks.keys) == Set(golden.keys))
        for (name, messages) in golden {
            guard let body = blocks[name] else { continue }
            let recorder = PlanRecorder()
            try await body(recorder)
            #expect(
                comparableMessages(withoutFunctions(recorder.records.map(\.json)))
                    == comparableMessages(withoutFunctions(messages.array ?? [])),
                "\(name)"
            )
            #expect(metadata(recorder.records.map(\.json)) == metadata(messages.array ?? []), "\(name)")
        }
    }

    /// The arguments of the messages that open runs.
    private func metadata(_ messages: [JSONValue]) -> [JSONValue] {
        messages.filter { $0.array?.first == "open_run" }.compactMap { $0.array?[3] }
    }

    /// Messages without those arguments that are functions or have no name in common.
    private func withoutFunctions(_ messages: [JSONValue]) -> [JSONValue] {
        let functional: [JSONValue] = [
            "subscribe", "unsubscribe", "install_suspender", "remove_suspender", "wait_for",
        ]
        return messages.map { message in
            guard let parts = message.array else { return message }
            if functional.contains(parts[0]) { return [parts[0], nil, [], [:], parts[4]] }
            guard var keywords = parts[3].object else { return message }
            keywords["squeeze"] = nil
            return [parts[0], parts[1], parts[2], .object(keywords), parts[4]]
        }
    }

    @Test func `Stubs have bluesky's messages, and none is missing`() async throws {
        try await expect(stubs, areThoseOf: "stubs")
    }

    @Test func `Preprocessors have bluesky's messages, and none is missing`() async throws {
        try await expect(preprocessors, areThoseOf: "preprocessors")
    }

    @Test func `Commands are bluesky's, and none is missing`() throws {
        let commands: [Command] = [
            .openRun(metadata: [:]), .closeRun(exitStatus: nil, reason: nil),
            .declareStream([], name: "", collect: false), .create(stream: ""), .read(det), .save, .drop,
            .monitor(sig, stream: nil), .unmonitor(sig), .collect([], stream: nil, returnsPayload: true),
            .set(m1, 0, group: nil), .trigger(det, group: nil), .prepare(fly, 0, group: nil),
            .kickoff(fly, group: nil), .complete(fly, group: nil), .configure(sig, settings: [:]),
            .stage(det, group: nil), .unstage(det, group: nil), .locate([]), .stop(m1), .wait(Wait(nil)),
            .waitFor([], timeout: nil), .sleep(seconds: 0), .checkpoint, .clearCheckpoint, .rewindable(nil),
            .pause(deferred: false), .input(prompt: ""), .subscribe(sink, to: nil),
            .unsubscribe(RunEngine().subscribe(sink)), .installSuspender(suspender), .removeSuspender(suspender),
            .engineClass, .null,
        ]
        let golden = try #require(try goldenBuildingBlocks()["commands"]?.array)
        #expect(Set(commands.map(\.name)) == Set(golden.compactMap(\.string)))
    }
}

/// A motor that knows its setpoint and its readback.
private final class LocatedMotor: Locatable {
    let name: String

    init(_ name: String) { self.name = name }

    func set(_ setpoint: JSONValue) -> Status { .finished }
    func locate() -> Location { Location(setpoint: 2.0, readback: 2.5) }
}

extension LocatedMotor: Readable {
    func read() -> Readings { [name: Reading(2.5)] }
    func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }
}

/// A flyer that takes a preparation.
private final class PreparedFlyer: Flyable, Preparable, Collectable {
    let name: String

    init(_ name: String) { self.name = name }

    func prepare(_ value: JSONValue) -> Status { .finished }
    func kickoff() -> Status { .finished }
    func complete() -> Status { .finished }
    func describeCollect() -> CollectedKeys { .keys([:]) }
}
