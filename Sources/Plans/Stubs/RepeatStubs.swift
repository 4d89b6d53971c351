internal import EventModel
public import RunEngine

/// How long to wait between the turns of something that is repeated.
public enum Delay: Sendable, Hashable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral
{
    /// Each turn, also the last one, takes at least so many seconds.
    case seconds(Double)
    /// The turns take at least so many seconds, one after the other. The last turn needs none.
    case list([Double])

    /// So many seconds.
    public init(floatLiteral value: Double) { self = .seconds(value) }

    /// So many seconds.
    public init(integerLiteral value: Int) { self = .seconds(Double(value)) }

    /// So many seconds, one after the other.
    public init(arrayLiteral elements: Double...) { self = .list(elements) }

    /// What keeps these delays from being used with so many turns, if anything.
    func problem(turns: Int?) -> String? {
        switch self {
        case .seconds(let seconds):
            return seconds.isFinite ? nil : "the delay must be a number of seconds, not \(seconds)"
        case .list(let list):
            if let wrong = list.first(where: { !$0.isFinite }) {
                return "a delay must be a number of seconds, not \(wrong)"
            }
            guard let turns, list.count < turns - 1 else { return nil }
            return "num=\(turns) but delays only provides \(list.count) entries; at least \(turns - 1) are needed"
        }
    }
}

extension PlanContext {
    /// Sends the same command about each of these devices. Returns the answers in their order.
    @discardableResult
    public func broadcast<Element>(
        to devices: [Element],
        _ command: (Element) -> Command
    ) async throws -> [Response] {
        var responses: [Response] = []
        for device in devices { responses.append(try await send(command(device))) }
        return responses
    }

    /// Does something over and over, without checkpoints of its own; for ever if `num` is nil.
    public func repeater(_ num: Int?, _ body: () async throws -> Void) async throws {
        var turn = 0
        while num.map({ turn < $0 }) ?? true {
            try await body()
            turn += 1
        }
    }

    /// Makes the messages of `body` once, without carrying them out, and sends them `num` times; for ever if nil. For a
    /// body that decides nothing by the answers it gets, which are made up.
    public func cachingRepeater(_ num: Int?, _ body: (PlanContext) async throws -> Void) async throws {
        let recorder = PlanRecorder()
        try await body(recorder)
        try await repeater(num) {
            for message in recorder.messages { _ = try await send(message) }
        }
    }

    /// Does something over and over, each time after a checkpoint.
    ///
    /// - Parameters:
    ///   - num: How often. If nil, for ever, or one turn more than there are delays in a list.
    ///   - delay: How long a turn takes at least.
    ///   - body: One turn.
    /// - Throws: ``PlanError`` if the list of delays is too short.
    public func repeating(_ num: Int? = 1, delay: Delay = 0, body: () async throws -> Void) async throws {
        if let problem = delay.problem(turns: num) { throw PlanError("repeat: \(problem)") }
        var turn = 0
        while num.map({ turn < $0 }) ?? true {
            let start = clock
            try await checkpoint()
            try await body()
            defer { turn += 1 }
            let seconds: Double
            switch delay {
            case .seconds(let value): seconds = value
            case .list(let list):
                guard turn < list.count else { return }
                seconds = list[turn]
            }
            guard seconds > 0 else { continue }
            let rest = seconds - (clock - start)
            if rest > 0 { try await sleep(rest) }
        }
    }
}
