internal import EventModel
internal import Wire

/// What a plan is going to do, found out without moving anything.
///
///     let rehearsal = await Rehearsal(of: try scan([det], [ScanAxis(motor, 0, 1)], num: 11))
///     for problem in rehearsal.problems { print(problem) }
///
/// The plan is carried out against a stand-in for the engine. Devices are asked whether they would take each setpoint and
/// how long moves and exposures are going to take. What is read back of a device that was set is the setpoint; all else
/// is read as it is, so a plan that decides by what it reads takes a possible course.
public struct Rehearsal: Sendable {
    /// The messages in order.
    public let messages: [Message]
    /// How many seconds after the beginning each of them is going to be sent.
    public let moments: [Double]
    /// What is going to go wrong: setpoints that are refused, and the error that ends the plan.
    public let problems: [String]
    /// How many seconds the plan is going to take, as far as devices know.
    public let duration: Double
    /// The devices that do not know how long they take, in the order of their first use.
    public let unknownDurations: [String]
    /// How many runs and events there are going to be.
    public let runCount: Int
    /// How many events there are going to be, besides those of ``flyers`` and monitors.
    public let eventCount: Int
    /// The devices that record events by themselves, in the order in which they are collected.
    public let flyers: [String]
    /// Whether the plan goes on after the last message that was looked at.
    public let isCutShort: Bool
    /// What the plan asks the user, if that is why it was cut short: nobody knows what the answer is going to be.
    public let question: String?

    /// Rehearses a plan.
    ///
    /// - Parameter limit: After how many messages to stop, for plans that go on for ever.
    public init(of plan: Plan, limit: Int = 1_000_000) async {
        let stage = RehearsalContext(limit: limit)
        var problems: [String] = []
        do {
            try await plan(stage)
        } catch is RequestStop where stage.isCutShort {
            // The limit was reached.
        } catch {
            problems.append("The plan fails: \(error)")
        }
        messages = stage.messages
        moments = stage.moments
        self.problems = stage.problems + problems
        duration = stage.time
        unknownDurations = stage.unknownDurations
        runCount = messages.count { if case .openRun = $0.command { true } else { false } }
        eventCount = messages.count { if case .save = $0.command { true } else { false } }
        isCutShort = stage.isCutShort
        question = stage.question
        flyers = stage.flyers
    }

    /// The messages as data.
    public var records: [MessageRecord] { messages.map(MessageRecord.init) }
}

/// The stand-in for the engine.
private final class RehearsalContext: PlanContext {
    private let recorder: PlanRecorder
    private let limit: Int
    private(set) var problems: [String] = []
    private(set) var unknownDurations: [String] = []
    private(set) var flyers: [String] = []
    private(set) var question: String?
    private(set) var moments: [Double] = []
    /// The moment that the plan has reached, in seconds.
    private(set) var time = 0.0
    /// When all members of a group are done.
    private var groups: [Group: Double] = [:]
    /// Where devices were sent.
    private var setpoints: [ObjectIdentifier: JSONValue] = [:]

    init(limit: Int) {
        self.limit = limit
        recorder = PlanRecorder(limit: limit)
    }

    var messages: [Message] { recorder.messages }
    var isCutShort: Bool { recorder.messages.count >= limit || question != nil }
    override var clock: Double { time }

    override func send(_ message: Message) async throws -> Response {
        if question != nil { throw RequestStop() }
        let response = try await recorder.send(message)
        moments.append(time)
        switch message.command {
        case .set(let device, let setpoint, let group):
            await set(device, setpoint, group)
        case .trigger(let device, let group): await begin(.trigger, device, group)
        case .complete(let device, let group): await begin(.fly, device, group)
        case .collect(let devices, _, _):
            for device in devices where !flyers.contains(device.name) { flyers.append(device.name) }
        case .waitFor(let statuses, _):
            for status in statuses { note(unknown: status.name ?? "what the plan itself begins") }
        case .input(let prompt):
            question = prompt
            throw RequestStop()
        case .wait(let wait):
            // Who waits for what takes too long goes on when the time is over.
            let end = groups.removeValue(forKey: wait.group) ?? time
            time = max(time, min(end, wait.timeout.map { time + $0 } ?? end))
        case .sleep(let seconds): if seconds > 0, seconds.isFinite { time += seconds }
        case .read(let device):
            guard let readings = response.readings, let setpoint = setpoints[ObjectIdentifier(device)] else { break }
            return .readings(present(setpoint, of: device, in: readings))
        case .locate(let devices):
            guard let locations = response.locations else { break }
            return .locations(
                zip(devices, locations).map { device, location in
                    setpoints[ObjectIdentifier(device)].map { Location(setpoint: $0, readback: $0) } ?? location
                }
            )
        default: break
        }
        return response
    }

    private func set(_ device: any Movable, _ setpoint: JSONValue, _ group: Group) async {
        if let device = device as? any Checkable {
            do {
                try await device.check(setpoint)
            } catch {
                let problem = "\(error)"
                if !problems.contains(problem) { problems.append(problem) }
            }
        }
        var origin = setpoints[ObjectIdentifier(device)]
        if origin == nil { origin = try? await (device as? any Locatable)?.locate().readback }
        await begin(.set(from: origin, to: setpoint), device, group)
        setpoints[ObjectIdentifier(device)] = setpoint
    }

    private func begin(_ action: PlannedAction, _ device: any Device, _ group: Group) async {
        let seconds = await (device as? any TimeEstimating)?.estimatedDuration(of: action)
        if seconds == nil { note(unknown: device.name) }
        groups[group] = max(groups[group] ?? 0, time + max(seconds ?? 0, 0))
    }

    private func note(unknown name: String) {
        if !unknownDurations.contains(name) { unknownDurations.append(name) }
    }

    /// The readings of a device that would be where it was sent.
    private func present(_ setpoint: JSONValue, of device: any Readable, in readings: Readings) -> Readings {
        var readings = readings
        for key in [device.name, "\(device.name)_setpoint"] where readings.contains(key) {
            readings[key] = Reading(setpoint)
        }
        return readings
    }
}
