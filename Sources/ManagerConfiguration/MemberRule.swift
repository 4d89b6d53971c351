internal import SupervisorLink
internal import Wire

/// What a member of a configuration may be and what becomes of it.
enum MemberRule: Sendable {
    typealias Path<Value> = any WritableKeyPath<ManagerConfiguration, Value?> & Sendable

    case text(Path<String>)
    case texts(Path<[String]>)
    case flag(Path<Bool>)
    case number(Path<Double>)
    /// A whole number that is not negative.
    case count(Path<Int>)
    case level
    case listsUpdate
    case permissionsReload
    case onFailure
    /// It is allowed and changes nothing.
    case ignored(Kind, reason: String)

    /// The type of a value.
    enum Kind: String {
        case text = "a text"
        case flag = "true or false"
        case integer = "an integer"
    }

    /// The rules of all members by section.
    static let sections: [String: [String: MemberRule]] = [
        "network": [
            "zmq_control_addr": .text(\.controlAddress),
            "zmq_private_key": .text(\.privateKey),
            "zmq_private_key_file": .text(\.privateKeyFile),
            "zmq_clients_file": .text(\.clientsFile),
            "zmq_info_encryption": .flag(\.encryptsInfo),
            "zmq_info_addr": .text(\.infoAddress),
            "zmq_encoding": .text(\.encoding),
            "zmq_publish_console": .flag(\.publishesConsole),
            "redis_addr": .text(\.redisAddress),
            "redis_name_prefix": .text(\.redisPrefix),
        ],
        "startup": [
            "startup_dir": .text(\.startupDirectory),
            "existing_plans_and_devices_path": .text(\.listsPath),
            "user_group_permissions_path": .text(\.permissionsPath),
            "startup_profile": .text(\.startupProfile),
            "startup_module": .text(\.startupModule),
            "startup_script": .text(\.startupScript),
            "ipython_dir": .text(\.iPythonDirectory),
            "keep_re": .ignored(.flag, reason: ForeignOption.keepEngine),
            "device_max_depth": .count(\.deviceMaximumDepth),
            "ignore_invalid_plans": .flag(\.ignoresInvalidPlans),
        ],
        "worker": [
            "permitted_re_metadata_keys": .texts(\.permittedMetadataKeys),
            "type": .text(\.workerType),
            "executable": .text(\.workerExecutable),
            "python": .text(\.pythonInterpreter),
            "use_ipython_kernel": .flag(\.usesIPythonKernel),
            "ipython_kernel_ip": .ignored(.text, reason: ForeignOption.iPython),
            "ipython_matplotlib": .ignored(.text, reason: ForeignOption.iPython),
            "ipython_connection_file": .ignored(.text, reason: ForeignOption.iPython),
            "ipython_connection_dir": .ignored(.text, reason: ForeignOption.iPython),
            "ipython_shell_port": .ignored(.integer, reason: ForeignOption.iPython),
            "ipython_iopub_port": .ignored(.integer, reason: ForeignOption.iPython),
            "ipython_stdin_port": .ignored(.integer, reason: ForeignOption.iPython),
            "ipython_hb_port": .ignored(.integer, reason: ForeignOption.iPython),
            "ipython_control_port": .ignored(.integer, reason: ForeignOption.iPython),
        ],
        "operation": [
            "print_console_output": .flag(\.printsConsole),
            "console_logging_level": .level,
            "update_existing_plans_and_devices": .listsUpdate,
            "user_group_permissions_reload": .permissionsReload,
            "metrics_port": .count(\.metricsPort),
            "on_failure": .onFailure,
            "history_max_entries": .count(\.historyEntries),
            "history_max_days": .number(\.historyDays),
            "audit_retention_days": .count(\.auditDays),
            "emergency_lock_key": .text(\.emergencyLockKey),
            "emergency_lock_key_file": .text(\.emergencyLockKeyFile),
        ],
    ]

    /// Checks a value and puts it where it belongs.
    ///
    /// - Throws: ``ConfigurationError`` with the member and what is allowed.
    func apply(
        _ value: JSONValue,
        member: String,
        to configuration: inout ManagerConfiguration
    ) throws(ConfigurationError) {
        switch self {
        case .text(let path):
            guard let text = value.string else { throw Self.mismatch(member, value, Kind.text.rawValue) }
            configuration[keyPath: path] = text
        case .texts(let path):
            let texts = value.array?.compactMap(\.string)
            guard let texts, texts.count == value.array?.count else {
                throw Self.mismatch(member, value, "a list of texts")
            }
            configuration[keyPath: path] = texts
        case .flag(let path):
            guard let flag = value.bool else { throw Self.mismatch(member, value, Kind.flag.rawValue) }
            configuration[keyPath: path] = flag
        case .number(let path):
            guard let number = value.number, number >= 0 else { throw Self.mismatch(member, value, "a number from 0") }
            configuration[keyPath: path] = number
        case .count(let path):
            guard let count = value.integer, count >= 0 else {
                throw Self.mismatch(member, value, "an integer that is not negative")
            }
            configuration[keyPath: path] = count
        case .level: configuration.loggingLevel = try Self.choice(value, member)
        case .listsUpdate: configuration.listsUpdate = try Self.choice(value, member)
        case .permissionsReload: configuration.permissionsReload = try Self.choice(value, member)
        case .onFailure: configuration.onFailure = try Self.choice(value, member)
        case .ignored(let kind, let reason):
            guard kind.fits(value) else { throw Self.mismatch(member, value, kind.rawValue) }
            configuration.ignored.append(.init(member: member, reason: reason))
        }
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ value: JSONValue,
        _ member: String
    ) throws(ConfigurationError) -> Choice where Choice.RawValue == String {
        guard let choice = value.string.flatMap(Choice.init) else {
            throw mismatch(member, value, "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    private static func mismatch(_ member: String, _ value: JSONValue, _ allowed: String) -> ConfigurationError {
        // Keys must not appear in log files, so texts are not shown.
        let found = value.string == nil ? value.pythonRepr : "another text"
        return ConfigurationError("\(member) must be \(allowed), and not \(found)")
    }
}

extension MemberRule.Kind {
    fileprivate func fits(_ value: JSONValue) -> Bool {
        switch self {
        case .text: value.string != nil
        case .flag: value.bool != nil
        case .integer: value.integer != nil
        }
    }
}
