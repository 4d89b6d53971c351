import ArgumentParser
import Glibc
import Installation
package import ManagerConfiguration
import Supervisor
package import SupervisorLink

/// Where devices and plans come from.
package struct StartupOptions: ParsableArguments {
    @Option(
        name: .customLong("startup-dir"),
        help: ArgumentHelp(
            "Folder of the profile, or of startup code in Python (default: the simulated profile that comes along).",
            valueName: "dir"
        )
    )
    var directory: String?

    @Option(
        name: .customLong("startup-profile"),
        help: ArgumentHelp("IPython profile whose folder 'startup' holds the startup code.", valueName: "name")
    )
    var profile: String?

    @Option(
        name: .customLong("ipython-dir"),
        help: ArgumentHelp("Folder of IPython profiles (default: $IPYTHONDIR or ~/.ipython).", valueName: "dir")
    )
    var iPythonDirectory: String?

    @Option(
        name: .customLong("startup-script"),
        help: ArgumentHelp("File with the startup code in Python.", valueName: "path")
    )
    var script: String?

    @Option(
        name: .customLong("startup-module"),
        help: ArgumentHelp("Python module with the startup code.", valueName: "name")
    )
    var module: String?

    package init() {}

    /// The place that the options name, else the configuration, else the simulated profile.
    ///
    /// - Throws: ``ConfigurationError`` if two places are named, ``SupervisorError`` if one does not exist.
    package func location(_ configuration: ManagerConfiguration) throws -> StartupLocation {
        for places in [fromOptions, Self.places(configuration)] {
            if let location = try places.location { return location }
        }
        guard let simulated = Installation.simulatedProfile else {
            throw SupervisorError("The simulated profile is not installed. Name a profile with --startup-dir.")
        }
        return .directory(simulated)
    }

    /// The folder of permissions and lists where they are not named: that of the profile or of the script. Beside a
    /// script or a module, an IPython profile may be named for it.
    package func profileDirectory(
        of location: StartupLocation,
        _ configuration: ManagerConfiguration
    ) -> String? {
        if case .directory(let path) = location { return path }
        for places in [fromOptions, Self.places(configuration)] {
            if let path = places.iPythonStartupDirectory { return path }
        }
        guard case .script(let path) = location, let slash = path.lastIndex(of: "/") else { return nil }
        return String(path[..<slash])
    }

    private var fromOptions: StartupPlaces {
        StartupPlaces(
            directory: directory,
            profile: profile,
            iPythonDirectory: iPythonDirectory,
            script: script,
            module: module,
            names: ["--startup-dir", "--startup-profile", "--startup-script", "--startup-module"]
        )
    }

    private static func places(_ configuration: ManagerConfiguration) -> StartupPlaces {
        StartupPlaces(
            directory: configuration.startupDirectory,
            profile: configuration.startupProfile,
            iPythonDirectory: configuration.iPythonDirectory,
            script: configuration.startupScript,
            module: configuration.startupModule,
            names: [
                "startup/startup_dir", "startup/startup_profile", "startup/startup_script", "startup/startup_module",
            ]
        )
    }
}

/// What one source, the command line or the configuration, says of the startup code.
private struct StartupPlaces {
    let directory: String?
    let profile: String?
    let iPythonDirectory: String?
    let script: String?
    let module: String?
    /// What the source calls the folder, the profile, the script and the module.
    let names: [String]

    /// The only place that is named; nil if none is.
    var location: StartupLocation? {
        get throws {
            let isProfile = profile != nil || iPythonDirectory != nil
            try refuse([(names[0], directory != nil), (names[1], isProfile)])
            try refuse([(names[0], directory != nil), (names[2], script != nil), (names[3], module != nil)])
            if let module { return .module(module) }
            if let script {
                let path = UserPath.absolute(script)
                guard access(path, R_OK) == 0, !UserPath.isFolder(path) else {
                    throw SupervisorError("The startup script '\(path)' does not exist.")
                }
                return .script(path)
            }
            guard let path = directory.map(UserPath.absolute) ?? iPythonStartupDirectory else { return nil }
            guard UserPath.isFolder(path) else {
                throw SupervisorError("The startup directory '\(path)' does not exist.")
            }
            return .directory(path)
        }
    }

    /// The folder of the startup code of an IPython profile; nil if none is named.
    var iPythonStartupDirectory: String? {
        guard profile != nil || iPythonDirectory != nil else { return nil }
        let parent = UserPath.absolute(iPythonDirectory ?? environment("IPYTHONDIR") ?? "~/.ipython")
        return "\(parent)/profile_\(profile ?? "default")/startup"
    }

    private func refuse(_ places: [(name: String, isGiven: Bool)]) throws(ConfigurationError) {
        let given = places.filter(\.isGiven).map(\.name)
        guard given.count < 2 else {
            throw ConfigurationError("Only one of \(given.joined(separator: " and ")) can be given.")
        }
    }
}
