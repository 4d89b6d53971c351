public import EventModel

/// A document about data that are kept outside the events.
public enum Asset: Sendable, Hashable {
    /// A file.
    case resource(Resource)
    /// A piece of a file, to which an event refers.
    case datum(Datum)
    /// A file to which data are streamed.
    case streamResource(StreamResource)
    /// Rows of such a file.
    case streamDatum(StreamDatum)
}

/// A device that writes its data to files and gives references to them as readings.
public protocol WritesExternalAssets: Device {
    /// The documents since the last call, each file before its pieces.
    func collectAssets() async throws -> [Asset]
}

/// A device that streams its data to files, row by row.
public protocol WritesStreamAssets: Device {
    /// How many rows have been written.
    func streamIndex() async throws -> Int
    /// The documents about the rows since the last call, up to `index` where it is given, so that several devices are
    /// taken over in step.
    func collectStreamAssets(upTo index: Int?) async throws -> [Asset]
}
