import ArgumentParser
import Glibc
import ManagerConfiguration
import SupervisorLink

/// Where the queue and the history are kept, if not in the state directory.
struct StoreOptions: ParsableArguments {
    @Option(
        name: .customLong("redis-addr"),
        help: ArgumentHelp(
            """
            Redis server that keeps the queue and the history, such as localhost or localhost:6379/0 \
            (default: none, they are in the state directory).
            """,
            valueName: "address"
        )
    )
    var redisAddress: String?

    @Option(
        name: .customLong("redis-name-prefix"),
        help: ArgumentHelp("What the names of the Redis keys begin with (default: qs_default).", valueName: "prefix")
    )
    var redisPrefix: String?

    /// Applies the options, and the configuration where there is no option, to settings.
    func apply(_ configuration: ManagerConfiguration, to settings: inout ManagerSettings) throws(ConfigurationError) {
        let prefix = redisPrefix ?? configuration.redisPrefix
        guard let address = redisAddress ?? configuration.redisAddress else {
            guard prefix == nil else { throw ConfigurationError("--redis-name-prefix needs --redis-addr beside it.") }
            return
        }
        // The address may have a password in it, and everybody can read the command lines of processes.
        setenv(ManagerSettings.redisAddressVariable, address, 1)
        settings.redisPrefix = prefix ?? "qs_default"
    }
}
