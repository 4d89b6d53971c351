import Glibc
import ProcessLog

/// Options of the reference that this version does not have. They are refused by name, because a manager that ignored
/// one would not do what its command line says.
private let unsupportedOptions: Set<String> = [
    "--config", "--device-max-depth", "--ignore-invalid-plans", "--ipython-connection-dir",
    "--ipython-connection-file", "--ipython-control-port", "--ipython-dir", "--ipython-hb-port",
    "--ipython-iopub-port", "--ipython-kernel-ip", "--ipython-matplotlib", "--ipython-shell-port",
    "--ipython-stdin-port", "--keep-re", "--redis-addr", "--redis-name-prefix",
    "--startup-module", "--startup-profile", "--startup-script", "--use-ipython-kernel",
]

/// Ends the process if one of the arguments is an option that is known and not supported.
func refuseUnsupportedOptions(_ arguments: [String]) {
    for argument in arguments {
        let name = String(argument.prefix { $0 != "=" })
        if unsupportedOptions.contains(name) {
            StandardError.write("start-re-manager: the option \(name) is not supported by this version")
            exit(64)
        }
    }
}
