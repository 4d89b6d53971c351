public import EventModel
public import RunEngine
internal import Synchronization
public import Wire

/// A simulated camera: each trigger writes an image to a file, and its reading refers to that file.
public final class ImageFileSignal: PartDevice, Readable, Configurable, Movable, Triggerable, Stageable,
    WritesExternalAssets
{
    private struct State {
        var image: JSONValue
        var directory: String?
        var resource: Resource?
        var count = 0
        var reading: Reading?
        var assets: [Asset] = []
    }

    /// The name, which is also the data key.
    public let name: String
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let state: Mutex<State>

    /// A camera that always sees the same image, a list of rows.
    ///
    /// - Parameter directory: Where files are written; a new folder for temporary files if nil.
    public init(_ name: String, image: JSONValue, directory: String? = nil) {
        self.name = name
        state = Mutex(State(image: image, directory: directory))
    }

    /// No hints: an image is not for tables.
    public var hints: Hints? { Hints(fields: []) }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass { DeviceClass(module: "ophyd.sim", name: "SynSignalWithRegistry") }

    /// Begins a new series of files.
    ///
    /// - Throws: `DeviceError` if there is no folder for them.
    public func stage() async throws -> Staging {
        _ = try state.withLock { state in try begin(&state) }
        return .done([self])
    }

    /// Ends the series.
    public func unstage() async throws -> Staging {
        state.withLock { state in
            state.resource = nil
            state.assets = []
        }
        return .done([self])
    }

    private func begin(_ state: inout State) throws -> Resource {
        let directory = try state.directory ?? makeImageDirectory(for: self)
        state.directory = directory
        state.count = 0
        let resource = Resource(spec: "NPY_SEQ", root: directory, resourcePath: String(newUID().prefix(8)))
        state.resource = resource
        state.assets = [.resource(resource)]
        return resource
    }

    /// Writes the image to the next file.
    ///
    /// - Throws: `DeviceError` if the file cannot be written.
    public func trigger() async throws -> Status {
        try state.withLock { state in
            let resource = try state.resource ?? begin(&state)
            let number = state.count
            let path = "\(resource.root)/\(resource.resourcePath)_\(number).npy"
            guard let bytes = numpyFile(state.image) else {
                throw DeviceError(self, "the image must be rows of numbers, all of the same length")
            }
            try writeImage(bytes, to: path, for: self)
            state.count += 1
            let id = "\(resource.uid)/\(number)"
            state.assets.append(
                .datum(Datum(datumID: id, resource: resource.uid, datumKwargs: ["index": .integer(number)]))
            )
            state.reading = Reading(.string(id))
        }
        return .finished
    }

    /// Shows another image from now on.
    public func set(_ setpoint: JSONValue) async throws -> Status {
        guard numpyFile(setpoint) != nil else {
            throw DeviceError(self, "an image is a list of rows of numbers, all of the same length")
        }
        state.withLock { $0.image = setpoint }
        return .finished
    }

    /// The reference to the last file; nothing before the first trigger.
    public func read() async throws -> Readings {
        state.withLock { state in state.reading.map { [name: $0] } ?? [:] }
    }

    /// An array whose data are in files.
    public func describe() async throws -> DataKeys {
        var key = DataKey(source: "SIM:\(name)", describing: state.withLock { $0.image }, precision: 3)
        key.external = "FILESTORE"
        return [name: key]
    }

    /// The same as ``read()``.
    public func readConfiguration() async throws -> Readings { try await read() }

    /// The same as ``describe()``, once there is a reading.
    public func describeConfiguration() async throws -> DataKeys {
        state.withLock { $0.reading == nil } ? [:] : try await describe()
    }

    /// The documents about files since the last call.
    public func collectAssets() async throws -> [Asset] {
        state.withLock { state in
            defer { state.assets = [] }
            return state.assets
        }
    }
}
