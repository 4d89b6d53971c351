import Wire
import YAML

@testable import PlanCatalog
@testable import WorkerLink

/// What can be fuzzed, by name.
enum FuzzTarget {
    static let all: [String: FuzzBody] = [
        "json": json, "messagepack": messagePack, "yaml": yaml, "catalogue": catalogue, "annotation": annotation,
        "literal": literal, "pattern": pattern, "link": link,
    ]

    /// What has been read and written is read as the same again. (Texts are compared: NaN is not equal to itself.)
    private static let json: FuzzBody = { bytes in
        guard let value = try? JSONValue(parsing: bytes) else { return }
        let text = value.encoded
        guard let again = try? JSONValue(parsing: text) else { fatalError("a value is written as no JSON") }
        precondition(again.encoded == text, "a value changes when it is written and read")
        _ = value.pythonRepr
    }

    private static let messagePack: FuzzBody = { bytes in
        guard let value = try? JSONValue(parsingMessagePack: bytes) else { return }
        let packed = value.messagePack
        guard let again = try? JSONValue(parsingMessagePack: packed) else {
            fatalError("a value is written as no MessagePack")
        }
        precondition(again.messagePack == packed, "a value changes when it is written and read")
    }

    private static let yaml: FuzzBody = { bytes in
        guard let value = try? JSONValue(yaml: String(decoding: bytes, as: UTF8.self)) else { return }
        guard let again = try? JSONValue(yaml: value.yamlText) else { fatalError("a value is written as no YAML") }
        precondition(again.encoded == value.encoded, "a value changes when it is written and read")
    }

    /// The files of a profile: lists of plans and devices, and permissions, as one document.
    private static let catalogue: FuzzBody = { bytes in
        guard let value = try? JSONValue(yaml: String(decoding: bytes, as: UTF8.self)) else { return }
        let permissions = (value["permissions"]).flatMap { try? UserGroupPermissions($0) }
        guard let lists = try? ExistingLists(value) else { return }
        let catalog = Catalog(
            existingPlans: lists.plans,
            existingDevices: lists.devices,
            permissions: permissions
        )
        for group in catalog.groups {
            _ = catalog.allowedPlansJSON(for: group)
            if let item = value["item"]?.object { try? catalog.validate(item, group: group) }
        }
    }

    private static let annotation: FuzzBody = { bytes in
        _ = try? TypeParser.type(String(decoding: bytes, as: UTF8.self), choices: [:])
    }

    private static let literal: FuzzBody = { bytes in
        _ = try? JSONValue(pythonLiteral: String(decoding: bytes, as: UTF8.self))
    }

    /// A pattern of permissions, and a name to compare with it in the second line.
    private static let pattern: FuzzBody = { bytes in
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
        guard let text = lines.first else { return }
        _ = try? NamePattern(text)
        if lines.count > 1, let expression = try? RegularExpression(text) { _ = try? expression.matches(in: lines[1]) }
    }

    /// Both directions of the worker link: what is understood is said again in the same way.
    private static let link: FuzzBody = { bytes in
        if let message = MessageToWorker(encoded: bytes) {
            precondition(MessageToWorker(encoded: message.encoded)?.encoded == message.encoded)
        }
        if let message = MessageToManager(encoded: bytes) {
            precondition(MessageToManager(encoded: message.encoded)?.encoded == message.encoded)
        }
    }
}
