internal import EventModel

/// A context that writes messages down instead of carrying them out: for dry runs and tests.
///
/// Nothing moves and nothing is triggered. What devices begin is done at once; devices are read as they are, so that
/// plans that decide by what they read take a possible course.
public final class PlanRecorder: PlanContext {
    /// The messages so far.
    public private(set) var messages: [Message] = []
    private let limit: Int
    private var isRewindable = true

    /// A recorder that ends a plan which sends more than `limit` messages, for plans that go on for ever.
    public init(limit: Int = .max) { self.limit = limit }

    /// The messages so far, as data.
    public var records: [MessageRecord] { messages.map(MessageRecord.init) }

    /// Writes the message down and answers it.
    ///
    /// - Throws: ``RequestStop`` when the limit is reached, and what devices throw when they are read.
    public override func send(_ message: Message) async throws -> Response {
        guard messages.count < limit else { throw RequestStop() }
        messages.append(message)
        switch message.command {
        case .openRun, .closeRun: return .run(uid: newUID())
        case .read(let device): return .readings(try await device.read())
        case .set, .trigger, .prepare, .kickoff, .complete: return .status(.finished)
        case .collect: return .pages([])
        case .configure: return .configured(old: [:], new: [:])
        case .input: return .text("")
        case .engineClass: return .text("PlanRecorder")
        case .subscribe: return .token(SubscriptionToken(number: messages.count))
        case .stage(let device, _), .unstage(let device, _): return .devices([device])
        case .locate(let devices):
            var locations: [Location] = []
            for device in devices { locations.append(try await device.locate()) }
            return .locations(locations)
        case .wait: return .bool(true)
        case .rewindable(let flag):
            isRewindable = flag ?? isRewindable
            return .bool(isRewindable)
        default: return .null
        }
    }
}
