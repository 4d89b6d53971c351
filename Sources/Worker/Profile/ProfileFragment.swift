internal import PlanCatalog
internal import Wire
internal import YAML

/// Devices, plans and functions to be added to those of a profile: its files, or a script.
struct ProfileFragment {
    /// What error texts call the source: a file, or `script`.
    let source: String
    private(set) var devices: JSONObject = [:]
    private(set) var plans: [PlanEntry] = []
    private(set) var functions: [FunctionEntry] = []

    /// Reads a file of a profile, which must have this member.
    ///
    /// - Throws: An error that names the file, the place and what is allowed.
    init(file: String, member: String) throws {
        source = file
        let content = try JSONValue(yamlFile: file)
        guard let value = content[member], !value.isNull else {
            throw ProfileError(file, "the file must have a member '\(member)'")
        }
        try add(member, value)
    }

    /// Reads a script, which may have any of the members that files of profiles have.
    ///
    /// - Throws: An error that says what a script is here.
    init(script: String) throws {
        source = "script"
        let content: JSONValue
        do {
            content = try JSONValue(yaml: script)
        } catch {
            throw ProfileFragment.misunderstood("This one is no YAML: \(error)")
        }
        if content.isNull { return }
        guard let members = content.object else {
            throw ProfileFragment.misunderstood("This one is YAML, but has no members")
        }
        if let unknown = members.keys.first(where: { !["devices", "plans", "functions"].contains($0) }) {
            throw ProfileFragment.misunderstood("This one has a member '\(unknown.prefix(80))'")
        }
        for (member, value) in members where !value.isNull { try add(member, value) }
    }

    private mutating func add(_ member: String, _ value: JSONValue) throws {
        switch member {
        case "devices":
            guard let entries = value.object else {
                throw ProfileError(source, "'devices' must hold the devices by name")
            }
            devices = entries
        case "plans":
            plans = try entries(member, value).map { try PlanEntry($0, file: source) }
            var names: Set<String> = []
            if let twice = plans.first(where: { !names.insert($0.name).inserted }) {
                throw ProfileError(source, "there are two plans called '\(twice.name)'")
            }
        default: functions = try entries(member, value).map { try FunctionEntry($0, file: source) }
        }
    }

    private func entries(_ member: String, _ value: JSONValue) throws -> [JSONValue] {
        guard let entries = value.array else { throw ProfileError(source, "'\(member)' must be a list") }
        return entries
    }

    private static func misunderstood(_ reason: String) -> CommandRefused {
        CommandRefused(
            "this worker is native and runs no Python code. A script for it is a piece of a profile: YAML with any of "
                + "the members 'devices', 'plans' and 'functions', as in the profile's files. \(reason)"
        )
    }
}
