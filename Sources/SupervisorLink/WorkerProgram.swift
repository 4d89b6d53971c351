import Wire

/// The program that hosts devices and plans.
public enum WorkerProgram: Sendable, Equatable {
    /// `re-worker`, or a program that is made of the same, for profiles without code.
    case native(NativeWorker = NativeWorker())
    /// The Python worker, for startup code in Python.
    case python(PythonWorker)

    var json: JSONValue {
        switch self {
        case .native(let worker): worker.json
        case .python(let worker): worker.json
        }
    }

    init?(_ value: JSONValue?) {
        guard let value else { return nil }
        self = PythonWorker(value).map(Self.python) ?? .native(NativeWorker(value))
    }
}

/// A native worker and how it is to work.
public struct NativeWorker: Sendable, Equatable {
    /// The path of the program; nil for `re-worker` in the folder of the other programs.
    public var executable: String?
    /// How deep the lists of devices go: 1 for the devices alone; 0 for all components.
    public var deviceMaximumDepth: Int

    /// A native worker with all its options.
    public init(executable: String? = nil, deviceMaximumDepth: Int = 0) {
        self.executable = executable
        self.deviceMaximumDepth = deviceMaximumDepth
    }

    /// Arguments that come before those of every worker.
    public var arguments: [String] {
        deviceMaximumDepth == 0 ? [] : ["--device-max-depth", String(deviceMaximumDepth)]
    }

    fileprivate var json: JSONValue {
        ["executable": JSONValue(executable), "device_max_depth": .integer(deviceMaximumDepth)]
    }

    fileprivate init(_ value: JSONValue) {
        self.init(
            executable: value["executable"]?.string,
            deviceMaximumDepth: value["device_max_depth"]?.integer ?? 0
        )
    }
}

/// The Python worker and how it is to work.
public struct PythonWorker: Sendable, Equatable {
    /// The interpreter, which has the packages of the profile.
    public var interpreter: String
    /// The folder of the worker's code.
    public var package: String
    /// How deep the lists of devices go: 1 for the devices alone; 0 for all components.
    public var deviceMaximumDepth: Int
    /// Whether plans that cannot be described are left out of the lists; else the environment does not open.
    public var ignoresInvalidPlans: Bool

    /// A Python worker with all its options.
    public init(interpreter: String, package: String, deviceMaximumDepth: Int = 0, ignoresInvalidPlans: Bool = true) {
        self.interpreter = interpreter
        self.package = package
        self.deviceMaximumDepth = deviceMaximumDepth
        self.ignoresInvalidPlans = ignoresInvalidPlans
    }

    /// The first arguments of the interpreter.
    public var arguments: [String] {
        [package, "--device-max-depth", String(deviceMaximumDepth)]
            + (ignoresInvalidPlans ? ["--ignore-invalid-plans"] : [])
    }

    fileprivate var json: JSONValue {
        [
            "interpreter": .string(interpreter), "package": .string(package),
            "device_max_depth": .integer(deviceMaximumDepth), "ignore_invalid_plans": .bool(ignoresInvalidPlans),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard let interpreter = value["interpreter"]?.string, let package = value["package"]?.string else { return nil }
        self.init(
            interpreter: interpreter,
            package: package,
            deviceMaximumDepth: value["device_max_depth"]?.integer ?? 0,
            ignoresInvalidPlans: value["ignore_invalid_plans"]?.bool ?? true
        )
    }
}
