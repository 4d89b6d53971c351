public import Wire

/// When a value of a signal holds plans, and when it lets them go on.
public struct SuspensionRule: Sendable {
    let suspends: @Sendable (JSONValue) -> Bool
    let resumes: @Sendable (JSONValue) -> Bool
    let reason: @Sendable (_ signal: String, _ value: JSONValue) -> String

    /// A rule of one's own. A value for which neither holds changes nothing.
    ///
    /// - Parameters:
    ///   - suspends: Whether plans are to be held.
    ///   - resumes: Whether they may go on.
    ///   - reason: Says why they are held.
    public init(
        suspends: @escaping @Sendable (JSONValue) -> Bool,
        resumes: @escaping @Sendable (JSONValue) -> Bool,
        reason: @escaping @Sendable (_ signal: String, _ value: JSONValue) -> String
    ) {
        self.suspends = suspends
        self.resumes = resumes
        self.reason = reason
    }

    /// Holds plans while the value is true, or a number other than 0. Bluesky's `SuspendBoolHigh`.
    public static let high = SuspensionRule(
        suspends: { $0.isHigh },
        resumes: { !$0.isHigh },
        reason: { signal, _ in "Signal \(signal) is high" }
    )

    /// Holds plans while the value is false or 0. Bluesky's `SuspendBoolLow`.
    public static let low = SuspensionRule(
        suspends: { !$0.isHigh },
        resumes: { $0.isHigh },
        reason: { signal, _ in "Signal \(signal) is low" }
    )

    /// Holds plans from when the value falls below `limit` until it rises above `resume`, which is `limit` unless it is
    /// given. Bluesky's `SuspendFloor`. What is no number counts as too low.
    public static func below(_ limit: Double, resumeAbove resume: Double? = nil) -> SuspensionRule {
        let resume = max(resume ?? limit, limit)
        return SuspensionRule(
            suspends: { value in value.number.map { $0 < limit || $0.isNaN } ?? true },
            resumes: { value in value.number.map { $0 > resume } ?? false },
            reason: { signal, value in
                "Signal \(signal) = \(value.encodedText) fell below \(limit) and has not yet crossed above \(resume)"
            }
        )
    }

    /// Holds plans from when the value rises above `limit` until it falls below `resume`, which is `limit` unless it is
    /// given. Bluesky's `SuspendCeil`. What is no number counts as too high.
    public static func above(_ limit: Double, resumeBelow resume: Double? = nil) -> SuspensionRule {
        let resume = min(resume ?? limit, limit)
        return SuspensionRule(
            suspends: { value in value.number.map { $0 > limit || $0.isNaN } ?? true },
            resumes: { value in value.number.map { $0 < resume } ?? false },
            reason: { signal, value in
                "Signal \(signal) = \(value.encodedText) went above \(limit) and has not yet crossed below \(resume)"
            }
        )
    }

    /// Holds plans while the value is not strictly between two limits. Bluesky's `SuspendWhenOutsideBand`.
    public static func outside(_ low: Double, _ high: Double) -> SuspensionRule {
        SuspensionRule(
            suspends: { !$0.isBetween(low, high) },
            resumes: { $0.isBetween(low, high) },
            reason: { signal, value in
                "Signal \(signal) = \(value.encodedText) is outside of the range (\(low), \(high))"
            }
        )
    }

    /// Holds plans while the value is strictly between two limits. Bluesky's `SuspendOutBand`.
    public static func inside(_ low: Double, _ high: Double) -> SuspensionRule {
        SuspensionRule(
            suspends: { $0.isBetween(low, high) },
            resumes: { !$0.isBetween(low, high) },
            reason: { signal, value in
                "Signal \(signal) = \(value.encodedText) is inside of the range (\(low), \(high))"
            }
        )
    }

    /// Holds plans while the value is this one: for signals whose values are words.
    public static func equal(to value: JSONValue) -> SuspensionRule {
        SuspensionRule(
            suspends: { $0 == value },
            resumes: { $0 != value },
            reason: { signal, value in "Signal \(signal) is \(value.encodedText)" }
        )
    }

    /// Holds plans when the value is another one than expected; for good, unless `allowsResume`. Bluesky's
    /// `SuspendWhenChanged`.
    public static func changed(from expected: JSONValue, allowsResume: Bool = false) -> SuspensionRule {
        SuspensionRule(
            suspends: { $0 != expected },
            resumes: { allowsResume && $0 == expected },
            reason: { signal, value in
                "Signal \(signal) is \(value.encodedText), expected \(expected.encodedText)"
                    + (allowsResume ? "" : "; abort the plan and begin anew with the present setting")
            }
        )
    }
}

extension JSONValue {
    fileprivate var isHigh: Bool {
        switch self {
        case .bool(let flag): flag
        case .null: false
        case .string(let text): !text.isEmpty
        default: number.map { $0 != 0 } ?? true
        }
    }

    fileprivate func isBetween(_ low: Double, _ high: Double) -> Bool { number.map { low < $0 && $0 < high } ?? false }
}
