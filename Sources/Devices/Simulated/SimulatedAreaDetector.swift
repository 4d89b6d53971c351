public import EventModel
public import RunEngine
internal import Synchronization
public import Wire

/// A simulated area detector, which writes each image to a TIFF file and tells of the files in documents of their own.
///
/// It can be triggered, one image for each event, whose data is the sum over the pixels (`…_total`). And it can fly:
/// prepared with a number of images it takes them by itself, else it goes on until it is completed.
public final class SimulatedAreaDetector: AssembledDevice, Triggerable, Stoppable, Preparable, Flyable, Collectable,
    WritesStreamAssets, TimeEstimating
{
    private struct Flight {
        /// After how many images it ends by itself.
        var wanted: Int?
        var completion: Status?
        var task: Task<Void, Never>?
    }

    /// The name, which is also the data key of the images.
    public let name: String
    /// `total` and the setting `exposure_time`.
    public let components: [DeviceComponent]
    /// Whether the device is staged.
    public let staging = StagingFlag()
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let exposureTime: SimulatedSignal
    private let frames: FrameSeries
    private let flight = Mutex(Flight())

    /// An area detector.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - width: Pixels in a row.
    ///   - height: Rows.
    ///   - exposureTime: How long an image takes, in seconds.
    ///   - directory: Where files are written; a new folder for temporary files if nil.
    public init(_ name: String, width: Int, height: Int, exposureTime: Double, directory: String? = nil) {
        self.name = name
        let frames = FrameSeries(width: width, height: height, directory: directory)
        self.frames = frames
        self.exposureTime = .setting("\(name)_exposure_time", .double(exposureTime))
        let total = SimulatedSignal(
            "\(name)_total",
            value: 0,
            .init(deviceClass: DeviceClass(module: "swift", name: "SimulatedSignal"), source: { frames.total })
        )
        components = [
            DeviceComponent("total", total, kind: .hinted),
            DeviceComponent("exposure_time", self.exposureTime, kind: .config),
        ]
        adoptComponents()
    }

    private var exposure: Double { max(exposureTime.value.number ?? 0, 0) }

    /// The sum, and the images, whose data are in files.
    public func describe() async throws -> DataKeys {
        var keys: DataKeys = [name: frames.dataKey(of: self)]
        for component in components where component.kind == .hinted {
            if let part = component.device as? any Readable { keys.merge(try await part.describe()) }
        }
        return keys
    }

    // MARK: Staging

    /// Begins a new series of files.
    ///
    /// - Throws: `DeviceError` if it is staged already, or there is no folder for the files.
    public func stage() async throws -> Staging {
        guard staging.raise() else {
            throw DeviceError(self, "it is staged already; unstage it before it is staged again")
        }
        do {
            try frames.begin(for: self)
        } catch {
            staging.lower()
            throw error
        }
        return .done([self])
    }

    /// Ends a flight that is under way, and the series.
    public func unstage() async throws -> Staging {
        try await stop(success: true)
        frames.end()
        staging.lower()
        return .done([self])
    }

    // MARK: Single images

    /// Takes one image.
    public func trigger() async throws -> Status {
        let seconds = exposure
        let status = Status(name: name)
        _ = Timer(after: seconds) { [self] in
            do {
                try frames.writeFrame(of: self, exposure: seconds, isSingle: true)
                status.finish()
            } catch {
                status.fail(error)
            }
        }
        return status
    }

    /// The exposure. A flight is as long as the plan lets it be.
    public func estimatedDuration(of action: PlannedAction) async -> Double? {
        switch action {
        case .trigger: exposure
        case .set: 0
        case .fly: nil
        }
    }

    // MARK: Flying

    /// Tells how many images the next flight has; null: it goes on until it is completed.
    ///
    /// - Throws: `DeviceError` if that is no number of images.
    public func prepare(_ value: JSONValue) async throws -> Status {
        guard value.isNull || (value.integer ?? 0) > 0 else {
            throw DeviceError(self, "it is prepared with a number of images from 1, or null, not \(value.encodedText)")
        }
        flight.withLock { $0.wanted = value.integer }
        return .finished
    }

    /// Begins to take images.
    ///
    /// - Throws: `DeviceError` if it does so already.
    public func kickoff() async throws -> Status {
        let completion = Status(name: name)
        let (isFree, wanted) = flight.withLock { flight in
            if let last = flight.completion, !last.isDone { return (false, Int?.none) }
            flight.completion = completion
            return (true, flight.wanted)
        }
        guard isFree else {
            throw DeviceError(self, "it is under way already; complete it before it is kicked off again")
        }
        let task = Task.detached { [self] in await fly(wanted, completion) }
        flight.withLock { $0.task = task }
        return .finished
    }

    private func fly(_ wanted: Int?, _ completion: Status) async {
        let begin = ContinuousClock.now
        var taken = 0
        while taken < wanted ?? .max, !Task.isCancelled {
            let seconds = exposure
            // Without an exposure time there would be no end of images.
            guard (try? await Task.sleep(for: .seconds(max(seconds, 0.001)))) != nil else { break }
            do {
                try frames.writeFrame(of: self, exposure: seconds, isSingle: false)
            } catch {
                completion.fail(error)
                return
            }
            taken += 1
            guard let wanted else { continue }
            completion.report(
                Progress(
                    name: name,
                    current: Double(taken),
                    initial: 0,
                    target: Double(wanted),
                    unit: "images",
                    precision: 0,
                    fraction: 1 - Double(taken) / Double(wanted),
                    timeElapsed: begin.duration(to: .now) / .seconds(1)
                )
            )
        }
        completion.finish()
    }

    /// Ends a flight without a number of images; the status is done when the last one is taken.
    ///
    /// - Throws: `DeviceError` if it was never kicked off.
    public func complete() async throws -> Status {
        let (completion, task) = flight.withLock { flight in
            (flight.completion, flight.wanted == nil ? flight.task : nil)
        }
        guard let completion else {
            throw DeviceError(self, "it was never kicked off, so there is nothing to complete")
        }
        task?.cancel()
        return completion
    }

    /// Ends a flight at once.
    public func stop(success: Bool) async throws {
        let (completion, task) = flight.withLock { ($0.completion, $0.task) }
        task?.cancel()
        if success { completion?.finish() } else { completion?.fail(DeviceError(self, "it was stopped")) }
    }

    /// The images.
    public func describeCollect() async throws -> CollectedKeys { .keys([name: frames.dataKey(of: self)]) }

    /// How many images there are in the series.
    public func streamIndex() async throws -> Int { frames.count }

    /// The documents about the files since the last call.
    public func collectStreamAssets(upTo index: Int?) async throws -> [Asset] { frames.assets(upTo: index) }
}
