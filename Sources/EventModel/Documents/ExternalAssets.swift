public import Wire

/// A file, or a series of files, that holds data of a run.
public struct Resource: Sendable, Hashable {
    /// Identifies the resource.
    public let uid: String
    /// The format, for example `AD_HDF5`; it names the reader.
    public let spec: String
    /// The part of the path that may differ from machine to machine.
    public let root: String
    /// The rest of the path.
    public let resourcePath: String
    /// Arguments for the reader.
    public let resourceKwargs: JSONObject
    /// Identifies the run; the engine fills this in.
    public var runStart: String?

    /// A resource.
    public init(
        uid: String = newUID(),
        spec: String,
        root: String,
        resourcePath: String,
        resourceKwargs: JSONObject = [:],
        runStart: String? = nil
    ) {
        self.uid = uid
        self.spec = spec
        self.root = root
        self.resourcePath = resourcePath
        self.resourceKwargs = resourceKwargs
        self.runStart = runStart
    }

    /// The document as JSON.
    public var json: JSONObject {
        var json: JSONObject = [
            "uid": .string(uid),
            "spec": .string(spec),
            "root": .string(root),
            "resource_path": .string(resourcePath),
            "resource_kwargs": .object(resourceKwargs),
            "path_semantics": "posix",
        ]
        if let runStart { json["run_start"] = .string(runStart) }
        return json
    }
}

/// One piece of a resource, which events refer to by its identifier.
public struct Datum: Sendable, Hashable {
    /// Identifies the piece: the resource, a slash and a number.
    public let datumID: String
    /// Identifies the resource.
    public let resource: String
    /// Arguments for the reader.
    public let datumKwargs: JSONObject

    /// A piece of a resource.
    public init(datumID: String, resource: String, datumKwargs: JSONObject) {
        self.datumID = datumID
        self.resource = resource
        self.datumKwargs = datumKwargs
    }

    /// The document as JSON.
    public var json: JSONObject {
        ["datum_id": .string(datumID), "resource": .string(resource), "datum_kwargs": .object(datumKwargs)]
    }
}

/// A file, or a series of files, to which the data of one field are streamed during a run.
public struct StreamResource: Sendable, Hashable {
    /// Identifies the resource.
    public let uid: String
    /// The field whose data it holds.
    public let dataKey: String
    /// The format, for example `application/x-hdf5`.
    public let mimetype: String
    /// Where it is, for example `file://localhost/data/a.h5`.
    public let uri: String
    /// Arguments for the reader.
    public let parameters: JSONObject
    /// Identifies the run; the engine fills this in.
    public var runStart: String?

    /// A streamed resource.
    public init(
        uid: String = newUID(),
        dataKey: String,
        mimetype: String,
        uri: String,
        parameters: JSONObject = [:],
        runStart: String? = nil
    ) {
        self.uid = uid
        self.dataKey = dataKey
        self.mimetype = mimetype
        self.uri = uri
        self.parameters = parameters
        self.runStart = runStart
    }

    /// The document as JSON.
    public var json: JSONObject {
        var json: JSONObject = [
            "uid": .string(uid),
            "data_key": .string(dataKey),
            "mimetype": .string(mimetype),
            "uri": .string(uri),
            "parameters": .object(parameters),
        ]
        if let runStart { json["run_start"] = .string(runStart) }
        return json
    }
}

/// Which rows of a streamed resource belong to which events.
public struct StreamDatum: Sendable, Hashable {
    /// Identifies the piece: the resource, a slash and a number.
    public let uid: String
    /// Identifies the resource.
    public let streamResource: String
    /// Identifies the descriptor of the stream; the engine fills this in.
    public var descriptor: String
    /// The rows of the resource.
    public let indices: Range<Int>
    /// The numbers of the events; the engine fills this in.
    public var seqNums: Range<Int>

    /// A piece of a streamed resource.
    public init(
        uid: String,
        streamResource: String,
        descriptor: String = "",
        indices: Range<Int>,
        seqNums: Range<Int> = 0..<0
    ) {
        self.uid = uid
        self.streamResource = streamResource
        self.descriptor = descriptor
        self.indices = indices
        self.seqNums = seqNums
    }

    /// The document as JSON.
    public var json: JSONObject {
        [
            "uid": .string(uid),
            "stream_resource": .string(streamResource),
            "descriptor": .string(descriptor),
            "indices": ["start": .integer(indices.lowerBound), "stop": .integer(indices.upperBound)],
            "seq_nums": ["start": .integer(seqNums.lowerBound), "stop": .integer(seqNums.upperBound)],
        ]
    }
}
