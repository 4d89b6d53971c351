extension QueueClient {
    /// Waits until the status fulfils a condition and returns it.
    ///
    /// A manager that does not answer meanwhile, because it is being restarted, does not end the wait.
    ///
    /// - Throws: ``QueueClientError/waitTimedOut(timeout:lastStatus:)``, or what is wrong with the connection if the
    ///   manager did not answer at the end.
    @discardableResult
    public func waitForStatus(
        timeout: Duration,
        until isReached: @escaping @Sendable (ManagerStatus) -> Bool
    ) async throws -> ManagerStatus {
        let updates = try statusUpdates()
        return try await withThrowingTaskGroup(of: WaitResult.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                var last: StatusUpdate?
                for await update in updates {
                    last = update
                    if case .status(let status) = update, isReached(status) { return .reached(status) }
                }
                return .ended(last: last)
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                return .timedOut
            }
            while let result = try await group.next() {
                switch result {
                case .reached(let status): return status
                case .ended(last: .lost(let error)): throw error
                case .ended(last: .status(let status)):
                    throw QueueClientError.waitTimedOut(timeout: timeout, lastStatus: status)
                case .ended(last: nil): break
                case .timedOut: group.cancelAll()
                }
            }
            try Task.checkCancellation()
            throw QueueClientError.waitTimedOut(timeout: timeout, lastStatus: nil)
        }
    }

    /// Waits until the manager is idle: the queue has stopped, the environment is open or closed.
    ///
    /// - Throws: as ``waitForStatus(timeout:until:)``.
    @discardableResult
    public func waitForIdle(timeout: Duration = .seconds(600)) async throws -> ManagerStatus {
        try await waitForStatus(timeout: timeout) { $0.isIdle }
    }

    /// Waits until the manager is idle or a plan is paused.
    ///
    /// - Throws: as ``waitForStatus(timeout:until:)``.
    @discardableResult
    public func waitForIdleOrPaused(timeout: Duration = .seconds(600)) async throws -> ManagerStatus {
        try await waitForStatus(timeout: timeout) { $0.isIdle || $0.isPaused }
    }

    /// Waits until the environment, which is being opened, is open.
    ///
    /// - Throws: ``QueueClientError/environmentNotOpen`` if the attempt fails, otherwise as
    ///   ``waitForStatus(timeout:until:)``.
    @discardableResult
    public func waitForEnvironment(timeout: Duration = .seconds(60)) async throws -> ManagerStatus {
        // With autostart the queue may run as soon as the environment is open, so idle is not what to wait for.
        let status = try await waitForStatus(timeout: timeout) {
            !["creating_environment", "initializing", "unknown"].contains($0.managerState)
        }
        guard status.workerEnvironmentExists else { throw QueueClientError.environmentNotOpen }
        return status
    }

    /// Waits until there is no environment.
    ///
    /// - Throws: as ``waitForStatus(timeout:until:)``.
    @discardableResult
    public func waitForEnvironmentClosed(timeout: Duration = .seconds(60)) async throws -> ManagerStatus {
        try await waitForStatus(timeout: timeout) { $0.isIdle && !$0.workerEnvironmentExists }
    }

    /// Waits until the task is done and returns its result, or a report with the status `not_found` if the manager
    /// does not know it.
    ///
    /// - Throws: as ``waitForStatus(timeout:until:)``.
    public func waitForTask(_ uid: String, timeout: Duration = .seconds(600)) async throws -> TaskReport {
        let clock = ContinuousClock()
        let end = clock.now + timeout
        var pause = Duration.milliseconds(20)
        while true {
            var failure: QueueClientError?
            do {
                let report = try await taskResult(uid)
                if report.status != "running" { return report }
            } catch let error as QueueClientError {
                if case .refused = error { throw error }
                failure = error
            }
            if clock.now + pause > end {
                throw failure ?? QueueClientError.waitTimedOut(timeout: timeout, lastStatus: nil)
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 1.5, .milliseconds(500))
        }
    }
}

private enum WaitResult: Sendable {
    case reached(ManagerStatus)
    case ended(last: StatusUpdate?)
    case timedOut
}
