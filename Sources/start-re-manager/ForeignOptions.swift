import ArgumentParser
import ManagerConfiguration
import StartupSelection

/// Options of the original that change nothing here. They are accepted, so that existing command lines work, and logged.
struct ForeignOptions: ParsableArguments {
    @Option(name: .customLong("use-ipython-kernel"), help: ArgumentHelp(visibility: .hidden)) var usesIPythonKernel:
        Switch?
    @Option(name: .customLong("ipython-matplotlib"), help: ArgumentHelp(visibility: .hidden)) var iPythonMatplotlib:
        String?
    @Option(name: .customLong("ipython-kernel-ip"), help: ArgumentHelp(visibility: .hidden)) var iPythonKernelIP:
        String?
    @Option(name: .customLong("ipython-connection-file"), help: ArgumentHelp(visibility: .hidden))
    var iPythonConnectionFile: String?
    @Option(name: .customLong("ipython-connection-dir"), help: ArgumentHelp(visibility: .hidden))
    var iPythonConnectionDirectory: String?
    @Option(name: .customLong("ipython-shell-port"), help: ArgumentHelp(visibility: .hidden)) var iPythonShellPort: Int?
    @Option(name: .customLong("ipython-iopub-port"), help: ArgumentHelp(visibility: .hidden)) var iPythonIOPubPort: Int?
    @Option(name: .customLong("ipython-stdin-port"), help: ArgumentHelp(visibility: .hidden)) var iPythonStdinPort: Int?
    @Option(name: .customLong("ipython-hb-port"), help: ArgumentHelp(visibility: .hidden)) var iPythonHeartbeatPort:
        Int?
    @Option(name: .customLong("ipython-control-port"), help: ArgumentHelp(visibility: .hidden)) var iPythonControlPort:
        Int?
    @Flag(name: .customLong("keep-re"), help: ArgumentHelp(visibility: .hidden)) var keepsEngine = false

    func validate() throws {
        if usesIPythonKernel == .on {
            throw ValidationError("--use-ipython-kernel ON is not supported: \(ForeignOption.iPythonKernel)")
        }
    }

    /// The options that were given, each with the reason why it changes nothing.
    ///
    /// - Throws: ``ConfigurationError`` if the configuration or the environment asks for an IPython kernel.
    func ignored(_ configuration: ManagerConfiguration) throws(ConfigurationError) -> [(name: String, reason: String)] {
        try refuseKernel(configuration)
        let iPython: [(String, Bool)] = [
            ("--use-ipython-kernel", usesIPythonKernel != nil), ("--ipython-matplotlib", iPythonMatplotlib != nil),
            ("--ipython-kernel-ip", iPythonKernelIP != nil),
            ("--ipython-connection-file", iPythonConnectionFile != nil),
            ("--ipython-connection-dir", iPythonConnectionDirectory != nil),
            ("--ipython-shell-port", iPythonShellPort != nil), ("--ipython-iopub-port", iPythonIOPubPort != nil),
            ("--ipython-stdin-port", iPythonStdinPort != nil), ("--ipython-hb-port", iPythonHeartbeatPort != nil),
            ("--ipython-control-port", iPythonControlPort != nil),
        ]
        var ignored = iPython.filter(\.1).map { (name: $0.0, reason: ForeignOption.iPython) }
        if keepsEngine { ignored.append(("--keep-re", ForeignOption.keepEngine)) }
        return ignored + configuration.ignored.map { ($0.member, $0.reason) }
    }

    private func refuseKernel(_ configuration: ManagerConfiguration) throws(ConfigurationError) {
        let source: String
        // The option wins, and it cannot be ON here.
        if usesIPythonKernel != nil { return }
        if let usesKernel = configuration.usesIPythonKernel {
            guard usesKernel else { return }
            source = "worker/use_ipython_kernel"
        } else {
            let value = environment("QSERVER_USE_IPYTHON_KERNEL")?.lowercased() ?? ""
            guard ["on", "true", "yes", "y", "1"].contains(value) else { return }
            source = "QSERVER_USE_IPYTHON_KERNEL"
        }
        throw ConfigurationError("\(source) is not supported: \(ForeignOption.iPythonKernel)")
    }
}
