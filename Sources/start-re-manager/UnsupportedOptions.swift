import Glibc
import ManagerConfiguration
import ProcessLog

/// Options of the original that cannot be done here, with the reason. They are refused by name, because a manager that
/// ignored one would not do what its command line says.
private let unsupportedOptions = [
    "--redis-addr": ForeignOption.redis,
    "--redis-name-prefix": ForeignOption.redis,
]

/// Ends the process if one of the arguments is an option that is known and not supported.
func refuseUnsupportedOptions(_ arguments: [String]) {
    for argument in arguments {
        let name = String(argument.prefix { $0 != "=" })
        if let reason = unsupportedOptions[name] {
            StandardError.write("start-re-manager: the option \(name) is not supported: \(reason)")
            exit(64)
        }
    }
}
