import Wire

/// Where the devices and plans of an environment come from.
public enum StartupLocation: Sendable, Equatable {
    /// A folder: a profile, or startup code in Python.
    case directory(String)
    /// A file with startup code in Python.
    case script(String)
    /// A module of the Python interpreter.
    case module(String)

    /// The option of a worker that names the place.
    public var workerOption: [String] {
        switch self {
        case .directory(let path): ["--startup-dir", path]
        case .script(let path): ["--startup-script", path]
        case .module(let name): ["--startup-module", name]
        }
    }

    /// The path or name.
    public var name: String {
        switch self {
        case .directory(let name), .script(let name), .module(let name): name
        }
    }

    var json: JSONValue {
        switch self {
        case .directory(let path): ["directory": .string(path)]
        case .script(let path): ["script": .string(path)]
        case .module(let name): ["module": .string(name)]
        }
    }

    init?(_ value: JSONValue?) {
        if let path = value?["directory"]?.string {
            self = .directory(path)
        } else if let path = value?["script"]?.string {
            self = .script(path)
        } else if let name = value?["module"]?.string {
            self = .module(name)
        } else {
            return nil
        }
    }
}
