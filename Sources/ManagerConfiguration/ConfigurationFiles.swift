internal import Glibc
internal import PlanCatalog
internal import Wire
internal import YAML

extension ManagerConfiguration {
    /// Reads a YAML file, or all files of a folder except hidden ones and Python's. Each section may be in one file only.
    /// `$NAME` and `${NAME}` in texts stand for variables of the environment.
    ///
    /// - Throws: ``ConfigurationError`` with the file and what is wrong in it.
    public init(path: String) throws(ConfigurationError) {
        self.init()
        var sources: [String: String] = [:]
        for file in try Self.files(at: path) {
            let value: JSONValue
            do {
                value = try JSONValue(yamlFile: file)
            } catch {
                throw ConfigurationError("The configuration cannot be read: \(error)")
            }
            do throws(ConfigurationError) {
                for section in try add(value) {
                    if let other = sources.updateValue(file, forKey: section) {
                        throw ConfigurationError(
                            "the section \(section) is in \(other) too, and may be in one file only"
                        )
                    }
                }
            } catch {
                throw ConfigurationError("Configuration file \(file): \(error)")
            }
        }
    }

    /// Reads a configuration in YAML.
    ///
    /// - Throws: ``ConfigurationError`` with the member and what is wrong with it.
    public init(yaml text: String) throws(ConfigurationError) {
        self.init()
        do {
            _ = try add(JSONValue(yaml: text))
        } catch {
            throw ConfigurationError("\(error)")
        }
    }

    /// Takes over the members of a document and returns the names of its sections.
    private mutating func add(_ value: JSONValue) throws(ConfigurationError) -> [String] {
        if value.isNull { return [] }
        guard let sections = value.object else {
            throw ConfigurationError("a mapping of sections is expected, and not \(value.pythonTypeName)")
        }
        for (section, value) in sections {
            guard let rules = MemberRule.sections[section] else {
                throw ConfigurationError("unknown section \(section); \(Self.allowed(MemberRule.sections.keys))")
            }
            // A section whose members are all commented out is null.
            guard let members = value.isNull ? [:] : value.object else {
                throw ConfigurationError("the section \(section) must be a mapping, and not \(value.pythonTypeName)")
            }
            for (name, value) in members {
                guard let rule = rules[name] else {
                    throw ConfigurationError("unknown member \(section)/\(name); \(Self.allowed(rules.keys))")
                }
                try rule.apply(VariableExpansion.expand(value), member: "\(section)/\(name)", to: &self)
            }
        }
        return sections.keys
    }

    private static func allowed(_ names: some Sequence<String>) -> String {
        "allowed are " + names.sorted().joined(separator: ", ")
    }

    private static func files(at path: String) throws(ConfigurationError) -> [String] {
        var information = stat()
        guard stat(path, &information) == 0 else {
            throw ConfigurationError("The configuration '\(path)' does not exist.")
        }
        guard information.st_mode & S_IFMT == S_IFDIR else { return [path] }
        guard let folder = opendir(path) else {
            throw ConfigurationError("The configuration folder '\(path)' cannot be read.")
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix("."), !name.hasSuffix(".py"), name != "__pycache__" { names.append(name) }
        }
        return names.sorted().map { "\(path)/\($0)" }
    }
}
