internal import EventModel
public import RunEngine

/// Staging devices when they are first used.
extension PlanContext {
    /// Does `body`, and stages each device just before it is first read, set, triggered or kicked off. All are unstaged
    /// at the end, in reverse order, whatever happened short of a halt.
    public func withLazyStaging<Result>(_ body: (PlanContext) async throws -> Result) async throws -> Result {
        var staged: [any Device] = []
        let context = FilteringContext(self) { message, next in
            if let device = message.command.usedDevice, !staged.contains(where: { $0 === device.root }) {
                staged.append(device.root)
                try await next.stageAll([device.root])
            }
            return try await next.send(message)
        }
        return try await finalize {
            try await body(context)
        } final: {
            try await unstageAll(staged.reversed())
        }
    }

    /// Does `body` with another count time of every device that has one (a component `count_time`), and sets the old
    /// times again at the end.
    public func withCountTime<Result>(
        _ seconds: Double,
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        var seen: Set<ObjectIdentifier> = []
        var originals: [Move] = []
        let context = FilteringContext(self) { message, next in
            if let device = message.command.device, seen.insert(ObjectIdentifier(device)).inserted,
                let countTime = (try? device.component(at: "count_time")) as? any Positioner
            {
                seen.insert(ObjectIdentifier(countTime))
                let readings = try await countTime.read()
                if let original = readings[countTime.name]?.value { originals.append(Move(countTime, original)) }
                try await next.mv(countTime, seconds)
            }
            return try await next.send(message)
        }
        return try await finalize {
            try await body(context)
        } final: {
            for original in originals { try await mv([original]) }
        }
    }
}

extension Command {
    /// The device that the command puts to use, if it does.
    fileprivate var usedDevice: (any Device)? {
        switch self {
        case .read, .set, .trigger, .kickoff: device
        default: nil
        }
    }
}
