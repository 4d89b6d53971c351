internal import EventModel
internal import RunEngine
internal import Wire

extension Device {
    /// The fields of the device that are worth showing.
    var hintedFields: [String] { hints?.fields ?? [] }
}

extension JSONObject {
    /// The metadata of a plan with those that were given by the caller, which win; hints are merged one by one.
    func withGiven(_ metadata: JSONObject) -> JSONObject {
        var result = merging(metadata)
        result["hints"] = .object((self["hints"]?.object ?? [:]).merging(metadata["hints"]?.object ?? [:]))
        return result
    }

    /// The metadata with this plan name, unless they have one.
    func withName(_ name: String) -> JSONObject { (["plan_name": .string(name)] as JSONObject).merging(self) }

    /// Adds how many points there are and how many intervals between them; nil if nobody knows.
    mutating func setPoints(_ num: Int?) {
        self["num_points"] = JSONValue(num)
        self["num_intervals"] = JSONValue(num.map { $0 - 1 })
    }
}

/// Hints that these fields are one dimension of the data.
func dimension(_ fields: [String]) -> JSONValue { [JSONValue(fields), "primary"] }

/// Hints that each motor is a dimension of the data of its own; none if a motor makes no suggestion.
func axisHints(_ motors: [any Device]) -> JSONObject {
    guard motors.allSatisfy({ $0.hints?.fields != nil }) else { return [:] }
    return ["dimensions": .array(motors.map { dimension($0.hintedFields) })]
}

/// The names of devices, for metadata.
func names(_ devices: [any Device]) -> JSONValue { JSONValue(devices.map { $0.name }) }

/// How devices are shown among the arguments of a plan.
func labels(_ devices: [any Device]) -> JSONValue { JSONValue(devices.map { $0.label }) }
