public import Devices
internal import PlanCatalog

/// What a worker can make of profiles: classes of devices, plans and functions.
///
/// A laboratory with devices and plans of its own makes a program that adds them to the usual ones and runs
/// ``WorkerProgram`` with the result. Profiles then name them like those that come along.
///
///     var repertoire = Repertoire.standard
///     repertoire.devices.register("Shutter") { parameters in Shutter(parameters.name) }
///     repertoire.add(PlanDefinition("dark_count", "Reads with the shutter closed.", parameters: [.detectors]) { … })
public struct Repertoire: Sendable {
    /// Makes devices by the classes that `devices.yaml` names.
    public var devices: DeviceFactory
    /// The plans by the names that `plans.yaml` uses.
    private(set) var plans: [String: PlanDefinition]
    /// The functions by the names that `functions.yaml` uses.
    private(set) var functions: [String: FunctionDefinition]

    /// The simulated devices, and the plans and functions that come with the worker.
    public static let standard = Repertoire(
        devices: .simulated,
        plans: Dictionary(uniqueKeysWithValues: PlanDefinition.builtin.map { ($0.description.name, $0) }),
        functions: Dictionary(uniqueKeysWithValues: FunctionDefinition.builtin.map { ($0.name, $0) })
    )

    /// Adds a plan, or replaces the one of this name.
    public mutating func add(_ plan: PlanDefinition) { plans[plan.description.name] = plan }

    /// Adds a function, or replaces the one of this name.
    public mutating func add(_ function: FunctionDefinition) { functions[function.name] = function }
}
