internal import Synchronization

/// Follows the statuses that a plan waits for and tells at a bearable rate how far they are.
///
/// A wait that is over within 0.2 s is not told at all, so that plans with quick devices cost nothing.
public final class ProgressFeed: Sendable {
    private struct Round {
        /// What is told about earlier waits is ignored.
        var number = 0
        var progress: [Progress] = []
        var begin = ContinuousClock.now
        var told = ContinuousClock.now
        var isTold = false
        var timer: Timer?
    }

    /// A wait that is over sooner is not told.
    private static let delaySeconds = 0.2
    /// Progress is told at most this often; that a device is done, always.
    private static let interval = Duration.milliseconds(100)

    private let tell: @Sendable ([Progress]) -> Void
    private let round = Mutex(Round())

    /// - Parameter tell: Gets the progress of everything that is waited for, in the order of the statuses, and an empty
    ///   list when the wait is over, if it was told of the wait. It is called from any thread.
    public init(tell: @escaping @Sendable ([Progress]) -> Void) { self.tell = tell }

    /// Follows these until the next call. Nil: the wait is over.
    public func follow(_ statuses: [Status]?) {
        let statuses = statuses ?? []
        let isSlow = statuses.contains { !$0.isDone }
        let (wasTold, number) = round.withLock { round in
            round.timer?.cancel()
            let wasTold = round.isTold
            round = Round(number: round.number + 1, progress: statuses.map { Progress(name: $0.name) })
            return (wasTold, round.number)
        }
        if wasTold { tell([]) }
        guard isSlow else { return }
        for (index, status) in statuses.enumerated() where !status.isDone {
            status.watch { [weak self] progress in self?.update(index, progress, name: status.name, number) }
        }
        // A device that tells nothing is shown too.
        let timer = Timer(after: Self.delaySeconds) { [weak self] in self?.tellFirst(number) }
        round.withLock { round in
            if round.number == number { round.timer = timer } else { timer.cancel() }
        }
    }

    private func tellFirst(_ number: Int) {
        let progress = round.withLock { round -> [Progress]? in
            guard round.number == number, !round.isTold else { return nil }
            round.isTold = true
            round.told = .now
            return round.progress
        }
        if let progress { tell(progress) }
    }

    private func update(_ index: Int, _ progress: Progress, name: String?, _ number: Int) {
        let all = round.withLock { round -> [Progress]? in
            guard round.number == number, round.progress.indices.contains(index) else { return nil }
            var progress = progress
            progress.name = progress.name ?? name
            round.progress[index] = progress
            let now = ContinuousClock.now
            guard round.begin.duration(to: now) >= .seconds(Self.delaySeconds) else { return nil }
            guard !round.isTold || progress.fraction == 0 || round.told.duration(to: now) >= Self.interval else {
                return nil
            }
            round.isTold = true
            round.told = now
            return round.progress
        }
        if let all { tell(all) }
    }
}
