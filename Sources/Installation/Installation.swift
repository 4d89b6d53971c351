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
        folder(in: ["share/run-engine-manager/profiles/sim", "profiles/sim"], with: "devices.yaml")
    }

    /// The code of the Python worker: `share/run-engine-manager/python/re_worker` or `Python/re_worker` in a folder above
    /// the program.
    public static var pythonWorker: String? {
        folder(in: ["share/run-engine-manager/python/re_worker", "Python/re_worker"], with: "__main__.py")
    }

    /// The first of these places, below the program's folder or one above it, that has a certain file.
    private static func folder(in places: [String], with file: String) -> String? {
        var folder = executableDirectory
        while folder != "/", !folder.isEmpty {
            for place in places where access("\(folder)/\(place)/\(file)", R_OK) == 0 { return "\(folder)/\(place)" }
            folder = parent(of: folder)
        }
        return nil
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
