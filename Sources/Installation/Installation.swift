internal import Glibc

/// Where the programs and the profiles of this installation are.
public enum Installation {
    /// The version of this software.
    public static let version = "0.1.0"

    /// The folder of the running program, where its companions are.
    public static var executableDirectory: String {
        guard let path = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(path) }
        return parent(of: String(cString: path))
    }

    /// The simulated profile: `share/run-engine-manager/profiles/sim` or `profiles/sim` in a folder above the program,
    /// that is, of an installation or of a source checkout.
    public static var simulatedProfile: String? {
        var folder = executableDirectory
        while folder != "/", !folder.isEmpty {
            for profiles in ["share/run-engine-manager/profiles", "profiles"] {
                let path = "\(folder)/\(profiles)/sim"
                if access(path + "/devices.yaml", R_OK) == 0 { return path }
            }
            folder = parent(of: folder)
        }
        return nil
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
