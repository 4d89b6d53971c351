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
/// It also adopts ``EventCollectable``, ``WritesExternalAssets`` or ``WritesStreamAssets``, according to where its data
/// are.
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

/// A device whose settings can be changed by a plan.
public protocol Reconfigurable: Configurable {
    /// Changes settings. Returns the configuration before and after.
    ///
    /// - Throws: if there is no such setting, or it does not take the value.
    func configure(_ settings: JSONObject) async throws -> (old: Readings, new: Readings)
}
