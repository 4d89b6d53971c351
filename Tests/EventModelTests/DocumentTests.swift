import EventModel
import Testing
import Wire

struct DocumentTests {
    @Test func `A data key is written with what is known of it`() {
        var key = DataKey(source: "SIM:x", dtype: .array, shape: [2, nil], units: "mm", precision: 3)
        key.objectName = "x"
        key.additional = ["enum_strs": ["a"]]
        #expect(
            JSONValue.object(key.json).encodedText
                == #"{"source": "SIM:x", "dtype": "array", "shape": [2, null], "units": "mm", "precision": 3, "#
                + #""enum_strs": ["a"], "object_name": "x"}"#
        )
    }

    @Test(
        arguments: [
            (1, .integer, []), (1.5, .number, []), ("a", .string, []), (true, .integer, []),
            ([[1, 2, 3], [4, 5, 6]], .array, [2, 3]), ([], .array, [0]),
        ] as [(JSONValue, DataType, [Int?])]
    )
    func `The type and shape of a data key follow from a value`(_ value: JSONValue, _ type: DataType, _ shape: [Int?]) {
        let key = DataKey(source: "", describing: value)
        #expect(key.dtype == type)
        #expect(key.shape == shape)
    }

    @Test func `An event is written with all its fields`() throws {
        let event = Event(uid: "e", time: 2.5, data: ["x": 1], timestamps: ["x": 2], seqNum: 7, descriptor: "d")
        #expect(
            JSONValue.object(event.json).encodedText
                == #"{"uid": "e", "time": 2.5, "data": {"x": 1}, "timestamps": {"x": 2.0}, "seq_num": 7, "#
                + #""filled": {}, "descriptor": "d"}"#
        )
    }

    @Test func `Identifiers are random UUIDs of version 4`() throws {
        let uids = (0..<1000).map { _ in newUID() }
        #expect(Set(uids).count == 1000)
        for uid in uids {
            let parts = uid.split(separator: "-")
            #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
            #expect(parts[2].hasPrefix("4"))
            #expect(["8", "9", "a", "b"].contains(parts[3].prefix(1)))
            #expect(uid.utf8.allSatisfy { "0123456789abcdef-".utf8.contains($0) })
        }
    }

    @Test func `Short labels do not repeat`() {
        let labels = (0..<10_000).map { _ in shortUID("set") }
        #expect(Set(labels).count == labels.count)
        #expect(labels.allSatisfy { $0.hasPrefix("set-") && $0.utf8.count == 10 })
    }

    @Test func `Values by name keep their order and find the last of equal names`() {
        var values: Keyed<Int> = ["b": 1, "a": 2, "b": 3]
        #expect(values.keys == ["b", "a"])
        #expect(values["b"] == 3)
        values.merge(["c": 4, "a": 5])
        #expect(values.map(\.value) == [3, 5, 4])
        values["b"] = nil
        #expect(values.keys == ["a", "c"])
    }

    @Test func `A start document does not take uid and time from the metadata`() throws {
        let start = try RunStart(uid: "u", time: 1, metadata: ["uid": "other", "time": 0, "x": 1])
        #expect(start.json == ["uid": "u", "time": 1.0, "x": 1])
    }
}
