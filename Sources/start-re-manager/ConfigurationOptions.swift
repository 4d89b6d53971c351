import ArgumentParser
import Glibc
import ManagerConfiguration
import StartupSelection

/// A configuration file, which comes after the command line and before the environment.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("YAML file with a configuration, or a folder of such files.", valueName: "path")
    )
    var path: String?

    /// The configuration that the command line or the environment names; an empty one if none does.
    ///
    /// Its secrets go into the environment, the only way in which the manager's process takes them.
    func load() throws(ConfigurationError) -> ManagerConfiguration {
        guard let path = path ?? environment("QSERVER_CONFIG") else { return ManagerConfiguration() }
        let configuration = try ManagerConfiguration(path: UserPath.absolute(path))
        if let key = configuration.privateKey { setenv("QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER", key, 1) }
        if let key = configuration.emergencyLockKey { setenv("QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER", key, 1) }
        return configuration
    }
}
