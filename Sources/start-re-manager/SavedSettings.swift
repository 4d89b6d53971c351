import Files
import Glibc
import Logging
import ProcessLog
import StartupSelection
import SupervisorLink
import Wire

/// The settings in effect as a YAML file under the reference's names, for whoever wants to see what became of options,
/// configuration and environment. Keys are not part of it.
struct SavedSettings {
    /// The variable that names the file.
    static let variable = "QSERVER_SETTINGS_SAVE_TO_FILE"

    private let settings: JSONObject

    init(_ manager: ManagerSettings) {
        let level =
            switch Logger.Level(rawValue: manager.logLevel) ?? .info {
            case .trace, .debug: "DEBUG"
            case .info, .notice: "INFO"
            case .warning: "WARNING"
            case .error: "ERROR"
            case .critical: "CRITICAL"
            }
        let (directory, script, module): (String?, String?, String?) =
            switch manager.startup {
            case .directory(let path): (path, nil, nil)
            case .script(let path): (nil, path, nil)
            case .module(let name): (nil, nil, name)
            }
        let (workerType, executable, depth) =
            switch manager.worker {
            case .native(let worker): ("native", worker.executable, worker.deviceMaximumDepth)
            case .python(let worker): ("python", worker.interpreter, worker.deviceMaximumDepth)
            }
        settings = [
            "zmq_control_addr": .string(manager.controlAddress),
            "zmq_info_addr": JSONValue(manager.infoAddress),
            "zmq_private_key_file": JSONValue(manager.privateKeyFile),
            "zmq_clients_file": JSONValue(manager.clientsFile),
            "zmq_info_encryption": .bool(manager.encryptsInfo),
            "zmq_encoding": .string(manager.encoding.rawValue),
            "zmq_publish_console": .bool(manager.infoAddress != nil),
            "startup_dir": JSONValue(directory),
            "startup_script": JSONValue(script),
            "startup_module": JSONValue(module),
            "worker_type": .string(workerType),
            "worker_executable": JSONValue(executable),
            "device_max_depth": .integer(depth),
            "existing_plans_and_devices_path": .string(manager.listsFile),
            "user_group_permissions_path": .string(manager.permissionsFile),
            "update_existing_plans_devices": .string(manager.listsUpdate.rawValue),
            "user_group_permissions_reload": .string(manager.permissionsReload.rawValue),
            "permitted_re_metadata_keys": JSONValue(manager.permittedMetadataKeys),
            "audit_retention_days": .integer(manager.auditDays),
            "print_console_output": .bool(manager.printsConsole),
            "console_logging_level": .string(level),
            "redis_addr": JSONValue(manager.redisPrefix == nil ? nil : SavedSettings.redisAddress),
            "redis_name_prefix": JSONValue(manager.redisPrefix),
            "on_failure": .string(manager.onFailure.rawValue),
            "history_max_entries": JSONValue(manager.historyEntries),
            "history_max_days": JSONValue(manager.historyDays),
            "metrics_port": JSONValue(manager.metricsPort),
            "state_dir": .string(manager.stateDirectory),
            "documents_dir": JSONValue(manager.documentsDirectory),
        ]
    }

    /// Without the password, which ends with the last `@`.
    private static var redisAddress: String? {
        environment(ManagerSettings.redisAddressVariable)?.split(separator: "@").last.map(String.init)
    }

    /// One member a line, with values as JSON, which is YAML too.
    var yaml: String {
        settings.map { "\($0.key): \(String(decoding: $0.value.encoded, as: UTF8.self))\n" }.joined()
    }

    /// Writes the file if the environment asks for it. A file that cannot be written is no reason not to start.
    func saveIfAsked(log: Logger) {
        guard let path = environment(Self.variable) else { return }
        do {
            try WholeFile.replace(path, with: yaml, isDurable: false)
        } catch {
            log.error("The settings cannot be saved in \(error)")
            return
        }
        log.info("The settings are saved in '\(path)'.")
    }
}
