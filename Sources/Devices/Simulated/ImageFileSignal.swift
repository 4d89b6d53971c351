public import EventModel
internal import Glibc
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
        let directory = try state.directory ?? temporaryDirectory()
        state.directory = directory
        state.count = 0
        let resource = Resource(spec: "NPY_SEQ", root: directory, resourcePath: String(newUID().prefix(8)))
        state.resource = resource
        state.assets = [.resource(resource)]
        return resource
    }

    private func temporaryDirectory() throws -> String {
        var template = Array("/tmp/images-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw DeviceError(self, "no folder for images could be made in /tmp: \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
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
            guard write(bytes, to: path) else {
                throw DeviceError(self, "'\(path)' cannot be written: \(String(cString: strerror(errno)))")
            }
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

private func write(_ bytes: [UInt8], to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    let count = fwrite(bytes, 1, bytes.count, file)
    return fclose(file) == 0 && count == bytes.count
}

/// A list of rows of numbers in numpy's file format, as 64-bit floating-point numbers; nil if it is none.
func numpyFile(_ image: JSONValue) -> [UInt8]? {
    guard let rows = image.array, let width = rows.first?.array?.count else { return nil }
    var data: [UInt8] = []
    data.reserveCapacity(rows.count * width * 8)
    for row in rows {
        guard let numbers = row.array?.compactMap(\.number), numbers.count == width else { return nil }
        for number in numbers {
            withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
    }
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows.count), \(width)), }"
    // The whole header fills blocks of 64 bytes and ends with a line feed.
    while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    let length = UInt16(header.utf8.count)
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
    return magic + Array(header.utf8) + data
}
