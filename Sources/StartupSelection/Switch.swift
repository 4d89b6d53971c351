import ArgumentParser

/// `ON` or `OFF`, as the original spells it on the command line.
package enum Switch: String, ExpressibleByArgument, CaseIterable, Sendable {
    case on = "ON"
    case off = "OFF"

    package var isOn: Bool { self == .on }
}
