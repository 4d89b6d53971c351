internal import Files
internal import Glibc
internal import Installation

/// Checks of the files and folders of a manager on this machine.
struct InstallationChecks {
    let environment: [String: String]
    let stateDirectory: String?
    let startupDirectory: String?

    func findings() -> [Finding] { programs() + state() + profile() }

    private func programs() -> [Finding] {
        let folder = Installation.executableDirectory
        let missing = ["start-re-manager", "re-manager", "re-worker"].filter { access("\(folder)/\($0)", X_OK) != 0 }
        guard missing.isEmpty else {
            return [
                .notice(
                    "programs",
                    "\(missing.joined(separator: ", ")) not beside qserver in \(folder)",
                    "install the whole package if a manager is to run on this machine"
                )
            ]
        }
        return [.good("programs", "all in \(folder)")]
    }

    // MARK: State directory

    private var statePath: String? {
        if let stateDirectory { return stateDirectory }
        if let state = environment["XDG_STATE_HOME"], !state.isEmpty { return state + "/run-engine-manager" }
        return environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.local/state/run-engine-manager" }
    }

    private func state() -> [Finding] {
        guard let path = statePath else { return [] }
        guard let folder = FileFacts(path) else {
            return [.notice("state", "\(path) is not there yet", "the first start of a manager makes it")]
        }
        var findings: [Finding] = []
        guard folder.isDirectory, access(path, R_OK | W_OK | X_OK) == 0 else {
            let advice = "run the manager as the owner of the folder, or give it another one (--state-dir)"
            return [.problem("state", "\(path) is no folder that this user can write to", advice)]
        }
        findings.append(
            folder.isPrivate
                ? .good("state", path)
                : .notice("state", "others can look into \(path), where the lock's key is", "chmod 700 '\(path)'")
        )
        let database = path + "/queue.sqlite"
        if FileFacts(database) != nil {
            findings.append(
                access(database, R_OK | W_OK) == 0 && Self.isDatabase(database)
                    ? .good("database", database)
                    : .problem(
                        "database",
                        "\(database) cannot be read and written, or is no database",
                        "correct its owner and rights, or put a copy from a backup in its place while no manager runs"
                    )
            )
        }
        findings += space(path)
        return findings
    }

    private static func isDatabase(_ path: String) -> Bool {
        guard let text = try? WholeFile.bytes(of: path, limit: 16) else { return false }
        return text.isEmpty || text.starts(with: Array("SQLite format 3".utf8))
    }

    private func space(_ path: String) -> [Finding] {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return [] }
        let megabytes = Int(facts.f_bavail) * Int(facts.f_frsize) / 1_048_576
        if megabytes >= 500 { return [.good("disk", "\(megabytes) MB free for the state")] }
        return [
            megabytes < 20
                ? .problem(
                    "disk",
                    "only \(megabytes) MB free for the state",
                    "make room: without it nothing can be queued"
                )
                : .notice("disk", "only \(megabytes) MB free for the state", "make room")
        ]
    }

    // MARK: Profile

    private func profile() -> [Finding] {
        guard let path = startupDirectory ?? Installation.simulatedProfile else {
            return [
                .notice("profile", "the simulated profile is not installed", "name a profile: --startup-dir <folder>")
            ]
        }
        let files = ["devices.yaml", "plans.yaml", "user_group_permissions.yaml"]
        let unreadable = files.filter { access("\(path)/\($0)", R_OK) != 0 }
        if unreadable.isEmpty { return [.good("profile", path)] }
        return [
            .problem(
                "profile",
                "\(path) has no \(unreadable.joined(separator: ", ")) that this user can read",
                "docs/profiles.md says what a profile holds"
            )
        ]
    }
}

/// What the file system says about a file.
private struct FileFacts {
    private let mode: mode_t

    init?(_ path: String) {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        mode = facts.st_mode
    }

    var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
    /// Whether nobody but the owner can use it.
    var isPrivate: Bool { mode & 0o077 == 0 }
}
