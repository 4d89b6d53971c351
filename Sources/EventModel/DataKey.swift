public import Wire

/// The kind of a value as the document model sees it.
public enum DataType: String, Sendable, Hashable, CaseIterable {
    case string
    case number
    case array
    case boolean
    case integer
}

/// What one field of an event is: its type, shape, unit, and where it comes from.
public struct DataKey: Sendable, Hashable {
    /// Where the value comes from, for example `SIM:motor` or `PV:XF:23ID1-ES{Tbl}`.
    public var source: String
    /// The type of the value, of the whole array for arrays.
    public var dtype: DataType
    /// The length of each dimension, nil where it varies; empty for a scalar.
    public var shape: [Int?]
    /// The unit of the value, for example `mm`.
    public var units: String?
    /// How many digits after the point are worth showing.
    public var precision: Int?
    /// The numeric type in numpy's notation, for example `<f8`.
    public var dtypeNumpy: String?
    /// Where the data themselves are when the event holds only a reference, for example `FILESTORE` or `STREAM:`.
    public var external: String?
    /// The device that the field belongs to; the engine fills this in.
    public var objectName: String?
    /// The values that are possible, for an enumeration.
    public var choices: [String]?
    /// Further members, which go into the document as they are.
    public var additional: JSONObject

    /// A field of this type; a scalar unless a shape is given.
    public init(
        source: String,
        dtype: DataType,
        shape: [Int?] = [],
        units: String? = nil,
        precision: Int? = nil,
        dtypeNumpy: String? = nil,
        external: String? = nil,
        objectName: String? = nil,
        choices: [String]? = nil,
        additional: JSONObject = [:]
    ) {
        self.source = source
        self.dtype = dtype
        self.shape = shape
        self.units = units
        self.precision = precision
        self.dtypeNumpy = dtypeNumpy
        self.external = external
        self.objectName = objectName
        self.choices = choices
        self.additional = additional
    }

    /// A field that holds values like `value`: its type and shape follow from it. Truth values count as integers, as
    /// other sources of such documents have it.
    public init(source: String, describing value: JSONValue, units: String? = nil, precision: Int? = nil) {
        let (dtype, shape) = value.dataTypeAndShape
        self.init(source: source, dtype: dtype, shape: shape, units: units, precision: precision)
    }

    /// Whether the data are kept outside the events and follow in a stream of their own.
    public var isStreamed: Bool { external == "STREAM:" }

    /// The data key as it stands in a descriptor.
    public var json: JSONObject {
        var json: JSONObject = [
            "source": .string(source),
            "dtype": .string(dtype.rawValue),
            "shape": .array(shape.map { JSONValue($0) }),
        ]
        if let units { json["units"] = .string(units) }
        if let precision { json["precision"] = .integer(precision) }
        if let dtypeNumpy { json["dtype_numpy"] = .string(dtypeNumpy) }
        if let external { json["external"] = .string(external) }
        if let choices { json["choices"] = JSONValue(choices) }
        for (key, value) in additional { json[key] = value }
        if let objectName { json["object_name"] = .string(objectName) }
        return json
    }
}

/// The fields of a device, by data key.
public typealias DataKeys = Keyed<DataKey>

extension DataKeys {
    /// The fields as JSON, each as ``DataKey/json``.
    public var json: JSONObject { JSONObject(map { ($0.key, .object($0.value.json)) }) }
}

extension JSONValue {
    fileprivate var dataTypeAndShape: (DataType, [Int?]) {
        switch self {
        case .string: (.string, [])
        case .bool, .integer, .bigInteger: (.integer, [])
        case .array(let elements): (.array, [elements.count] + (elements.first?.innerShape ?? []))
        case .double, .null, .object: (.number, [])
        }
    }

    private var innerShape: [Int?] {
        guard case .array(let elements) = self else { return [] }
        return [elements.count] + (elements.first?.innerShape ?? [])
    }
}
