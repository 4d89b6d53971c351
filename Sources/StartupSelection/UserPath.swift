import Glibc

/// Paths as users write them.
package enum UserPath {
    /// The path from the root, where a relative one begins at the current folder and `~` is the home folder.
    package static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        if path == "~" || path.hasPrefix("~/"), let home = environment("HOME") { return home + path.dropFirst() }
        guard let raw = getcwd(nil, 0) else { return path }
        defer { free(raw) }
        let steps = path.split(separator: "/").filter { $0 != "." }
        return ([String(cString: raw)] + steps.map(String.init)).joined(separator: "/")
    }

    package static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }
}

/// A variable of the environment; nil if it is missing or empty.
package func environment(_ name: String) -> String? {
    guard let raw = getenv(name), raw.pointee != 0 else { return nil }
    return String(cString: raw)
}
