internal import RunEngine
internal import Wire

/// One suspender of a profile: a signal, and when it holds plans.
///
///     - signal: ring_current
///       below: 50
///       resume_above: 90
///       sleep: 10
///       message: The beam is lost.
struct SuspenderEntry {
    private static let rules = ["below", "above", "outside", "inside", "equal", "not_equal", "high", "low"]
    private static let options = ["signal", "sleep", "message", "resume_above", "resume_below", "resumes"]

    private let members: JSONObject
    private let file: String

    /// Makes the suspenders of a file with this content.
    ///
    /// - Throws: An error that names the file, the entry and what is allowed.
    static func suspenders(_ content: JSONValue, file: String, devices: DeviceTable) throws -> [Suspender] {
        guard let entries = content["suspenders"]?.array ?? (content["suspenders"] == .null ? [] : nil) else {
            throw ProfileError(file, "the file must have a member 'suspenders', which is a list")
        }
        return try entries.map { entry in
            guard let members = entry.object else {
                throw ProfileError(file, "a suspender has members such as 'signal'; this one is \(entry.encodedText)")
            }
            return try SuspenderEntry(members: members, file: file).suspender(devices)
        }
    }

    private func suspender(_ devices: DeviceTable) throws -> Suspender {
        guard let path = members["signal"]?.string else { throw problem("'signal' must name a device of the profile") }
        let device: any Device
        do {
            device = try devices.device(at: path)
        } catch {
            throw problem("\(error)")
        }
        guard let signal = device as? any Subscribable else {
            throw problem(
                "'\(path)' does not tell of its changes; the signal must be a device such as Signal or SynAxis"
            )
        }
        let known = SuspenderEntry.rules + SuspenderEntry.options
        if let unknown = members.keys.first(where: { !known.contains($0) }) {
            throw problem("there is no member '\(unknown)'; known are \(known.joined(separator: ", "))")
        }
        return Suspender(
            signal,
            try rule(),
            sleep: try number("sleep", from: 0) ?? 0,
            message: members["message"]?.pythonString ?? ""
        )
    }

    private func rule() throws -> SuspensionRule {
        let given = SuspenderEntry.rules.filter { members[$0] != nil }
        guard given.count == 1, let name = given.first, let value = members[name] else {
            throw problem("there must be one of \(SuspenderEntry.rules.joined(separator: ", ")), not \(given)")
        }
        try checkOption("resume_above", isFor: "below", name)
        try checkOption("resume_below", isFor: "above", name)
        try checkOption("resumes", isFor: "not_equal", name)
        switch name {
        case "below": return .below(try limit(name), resumeAbove: try number("resume_above"))
        case "above": return .above(try limit(name), resumeBelow: try number("resume_below"))
        case "outside":
            let (low, high) = try band(name)
            return .outside(low, high)
        case "inside":
            let (low, high) = try band(name)
            return .inside(low, high)
        case "equal": return .equal(to: value)
        case "not_equal": return .changed(from: value, allowsResume: try flag("resumes") ?? true)
        default:
            guard try flag(name) == true else { throw problem("'\(name)' must be true") }
            return name == "high" ? .high : .low
        }
    }

    private func checkOption(_ option: String, isFor rule: String, _ given: String) throws {
        if members[option] != nil, given != rule {
            throw problem("'\(option)' goes with '\(rule)', not with '\(given)'")
        }
    }

    private func flag(_ name: String) throws -> Bool? {
        guard let value = members[name] else { return nil }
        guard case .bool(let flag) = value else { throw problem("'\(name)' must be true or false") }
        return flag
    }

    private func number(_ name: String, from lowest: Double = -.greatestFiniteMagnitude) throws -> Double? {
        guard let value = members[name] else { return nil }
        guard let number = value.number, number.isFinite, number >= lowest else {
            throw problem("'\(name)' must be a number\(lowest == 0 ? " from 0" : ""), not \(value.encodedText)")
        }
        return number
    }

    private func limit(_ name: String) throws -> Double {
        guard let limit = try number(name) else { throw problem("'\(name)' must be a number") }
        return limit
    }

    private func band(_ name: String) throws -> (Double, Double) {
        let ends = members[name]?.array?.compactMap(\.number) ?? []
        guard ends.count == 2, members[name]?.array?.count == 2, ends[0] < ends[1] else {
            throw problem("'\(name)' must be a list of two numbers, the lower one first")
        }
        return (ends[0], ends[1])
    }

    private func problem(_ text: String) -> ProfileError {
        ProfileError(file, "suspender of '\(members["signal"]?.pythonString ?? "?")': \(text)")
    }
}
