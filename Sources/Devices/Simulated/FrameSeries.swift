internal import EventModel
internal import Glibc
internal import RunEngine
internal import Synchronization
internal import Wire

/// The files of a simulated camera: one image each, in series, with the documents that tell of them.
final class FrameSeries: Sendable {
    private struct State {
        var directory: String?
        /// The present series; nil between them.
        var resource: StreamResource?
        var isAnnounced = false
        var written = 0
        var collected = 0
        var total = Reading(0)
    }

    let width: Int
    let height: Int
    private let state: Mutex<State>

    /// - Parameter directory: Where files are written; a new folder for temporary files if nil.
    init(width: Int, height: Int, directory: String?) {
        self.width = width
        self.height = height
        state = Mutex(State(directory: directory))
    }

    /// How many images the series has.
    var count: Int { state.withLock { $0.written } }

    /// The sum over the pixels of the last image.
    var total: Reading { state.withLock { $0.total } }

    /// What the images are in the documents.
    func dataKey(of device: any Device) -> DataKey {
        DataKey(
            source: "SIM:\(device.name)",
            dtype: .array,
            shape: [1, height, width],
            dtypeNumpy: "<u2",
            external: "STREAM:"
        )
    }

    func begin(for device: any Device) throws {
        try state.withLock { state in try begin(&state, device) }
    }

    private func begin(_ state: inout State, _ device: any Device) throws {
        let directory = try state.directory ?? makeImageDirectory(for: device)
        state.directory = directory
        state.isAnnounced = false
        state.written = 0
        state.collected = 0
        let uid = newUID()
        state.resource = StreamResource(
            uid: uid,
            dataKey: device.name,
            mimetype: "multipart/related;type=image/tiff",
            uri: "file://localhost\(directory)/",
            parameters: [
                "template": .string("\(uid.prefix(8))_{:06d}.tiff"),
                "chunk_shape": [1, .integer(height), .integer(width)],
            ]
        )
    }

    /// From here on new images belong to another series.
    func end() { state.withLock { $0.resource = nil } }

    /// Writes the next image.
    ///
    /// - Parameter isSingle: Whether it takes the place of earlier ones that nobody has asked for, of points that are
    ///   taken again.
    /// - Throws: `DeviceError` if it cannot be written.
    func writeFrame(of device: any Device, exposure seconds: Double, isSingle: Bool) throws {
        let pixels = spot(brightness: 1000 * max(seconds, 0.01))
        try state.withLock { state in
            if state.resource == nil { try begin(&state, device) }
            guard let resource = state.resource, let directory = state.directory else { return }
            let digits = String(state.written)
            let number = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
            let path = "\(directory)/\(resource.uid.prefix(8))_\(number).tiff"
            try writeImage(tiffFile(pixels, width: width), to: path, for: device)
            if isSingle { state.collected = state.written }
            state.written += 1
            state.total = Reading(.integer(pixels.reduce(0) { $0 + Int($1) }))
        }
    }

    /// The documents about the images since the last call, up to `index`.
    func assets(upTo index: Int?) -> [Asset] {
        state.withLock { state in
            let end = min(index ?? state.written, state.written)
            guard let resource = state.resource, end > state.collected else { return [] }
            let rows = StreamDatum(
                uid: "\(resource.uid)/\(state.collected)",
                streamResource: resource.uid,
                indices: state.collected..<end
            )
            let announcement: [Asset] = state.isAnnounced ? [] : [.streamResource(resource)]
            state.collected = end
            state.isAnnounced = true
            return announcement + [.streamDatum(rows)]
        }
    }

    /// A round spot in the middle, over a noisy ground.
    private func spot(brightness: Double) -> [UInt16] {
        let (centerX, centerY) = (Double(width - 1) / 2, Double(height - 1) / 2)
        let sigma = Double(min(width, height)) / 8
        return (0..<width * height).map { index in
            let (x, y) = (Double(index % width) - centerX, Double(index / width) - centerY)
            let intensity = brightness * exp(-(x * x + y * y) / (2 * sigma * sigma)) + .random(in: 0..<10)
            return UInt16(min(intensity.rounded(), 65_535))
        }
    }
}
