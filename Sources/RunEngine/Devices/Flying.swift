public import EventModel
public import Wire

/// A device that takes data by itself between `kickoff` and `complete`: a flyer.
public protocol Flyable: Device {
    /// Begins; the status is done when the device is under way.
    func kickoff() async throws -> Status
    /// Asks it to finish; the status is done when it has.
    func complete() async throws -> Status
}

/// A device that is told what is to come, before it begins.
public protocol Preparable: Device {
    /// Makes ready; the status is done when it is.
    func prepare(_ value: JSONValue) async throws -> Status
}

/// A flyer whose data become events of the run.
///
/// It also adopts ``EventCollectable``, ``EventPageCollectable``, ``WritesExternalAssets`` or ``WritesStreamAssets``,
/// according to where its data are.
public protocol Collectable: Device {
    /// What the events consist of. Asked once for each stream.
    func describeCollect() async throws -> CollectedKeys
}

/// What the events of a flyer consist of.
public enum CollectedKeys: Sendable {
    /// The data keys of each stream that the flyer fills by itself.
    case streams(Keyed<DataKeys>)
    /// The data keys of a stream that the plan declares.
    case keys(DataKeys)
}

/// A flyer that keeps its events until they are collected.
public protocol EventCollectable: Collectable {
    /// The events since the last call, in order, each with the data keys of one of its streams.
    func collect() async throws -> [Readings]
}

/// A flyer that keeps its events until they are collected, column by column. Wins over ``EventCollectable``.
public protocol EventPageCollectable: Collectable {
    /// The events since the last call, in order, each page with the data keys of one of its streams.
    func collectPages() async throws -> [CollectedPage]
}

/// Events that a flyer has recorded, column by column.
public struct CollectedPage: Sendable, Hashable {
    /// The values by data key, one of each event.
    public let data: Keyed<[JSONValue]>
    /// When each value was taken, in seconds since 1970.
    public let timestamps: Keyed<[Timestamp]>

    /// How many events there are; nil if the columns do not fit together.
    let count: Int?

    /// These columns, of which there must be one at least.
    public init(data: Keyed<[JSONValue]>, timestamps: Keyed<[Timestamp]>) {
        self.data = data
        self.timestamps = timestamps
        let lengths = data.map(\.value.count) + timestamps.map(\.value.count)
        let fits = data.keys == timestamps.keys && Set(lengths).count == 1
        count = fits ? lengths.first : nil
    }

    /// Events that were recorded one by one, a page for each set of data keys.
    static func pages(of rows: [Readings]) -> [CollectedPage] {
        var groups: [(keys: Set<String>, rows: [Readings])] = []
        for row in rows {
            if let index = groups.firstIndex(where: { $0.keys.count == row.count && $0.keys.isSuperset(of: row.keys) })
            {
                groups[index].rows.append(row)
            } else {
                groups.append((Set(row.keys), [row]))
            }
        }
        return groups.map { CollectedPage(like: $0.rows) }
    }

    /// Events that all have the same data keys.
    private init(like rows: [Readings]) {
        let keys = rows.first?.keys ?? []
        data = Keyed(keys.map { key in (key, rows.compactMap { $0[key]?.value }) })
        timestamps = Keyed(keys.map { key in (key, rows.compactMap { $0[key]?.timestamp }) })
        count = rows.count
    }
}

/// A device whose settings can be changed by a plan.
public protocol Reconfigurable: Configurable {
    /// Changes settings. Returns the configuration before and after.
    ///
    /// - Throws: if there is no such setting, or it does not take the value.
    func configure(_ settings: JSONObject) async throws -> (old: Readings, new: Readings)
}
