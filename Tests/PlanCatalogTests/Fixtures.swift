import Glibc
import PlanCatalog
import Testing
import Wire

/// The files in Resources.
enum Fixtures {
    static func path(_ name: String, file: String = #filePath) -> String {
        file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Resources/" + name
    }

    static func json(_ name: String) throws -> JSONValue {
        let file = try #require(fopen(path(name), "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return try JSONValue(parsing: bytes)
    }

    /// A part of what record.py recorded.
    static func recorded(_ part: String) throws -> JSONValue {
        try #require(try json("reference.json")[part])
    }

    /// The lists of the original server's simulated profile.
    static func lists() throws -> ExistingLists { try ExistingLists(file: path("existing_plans_and_devices.yaml")) }

    /// The simulated profile with its own permissions, or others.
    static func catalog(_ permissions: JSONValue? = nil) throws -> Catalog {
        let lists = try lists()
        return Catalog(
            existingPlans: lists.plans,
            existingDevices: lists.devices,
            permissions: try permissions.map { try UserGroupPermissions($0) }
                ?? UserGroupPermissions(file: path("user_group_permissions.yaml"))
        )
    }

    static func object(_ text: String) throws -> JSONObject {
        try #require(try JSONValue(parsing: text).object)
    }
}

extension JSONValue {
    /// The elements of an array that a fixture must have.
    var elements: [JSONValue] { array ?? [] }

    /// The texts of an array, or nil if this is something else.
    var texts: [String]? { array?.compactMap(\.string) }
}

/// What a call does: its value, or the text of its error.
enum Outcome<Value: Equatable>: Equatable {
    case value(Value)
    case error(String)

    init(_ body: () throws -> Value) {
        do { self = .value(try body()) } catch { self = .error("\(error)") }
    }
}

/// Random numbers that are the same in every run.
struct SteadyGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 33)
    }
}
