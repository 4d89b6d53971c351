internal import Files
internal import Glibc
internal import Installation
internal import TerminalKit

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
                Self.damage(of: database).map { damage in
                    .problem(
                        "database",
                        "\(database) \(damage)",
                        "correct its owner and rights, or restore a backup while no manager runs: qserver-backup"
                    )
                } ?? .good("database", database)
            )
        }
        findings += space(path)
        return findings
    }

    /// What is wrong with a database, as far as its first bytes tell; nil if nothing is.
    private static func damage(of path: String) -> String? {
        guard access(path, R_OK | W_OK) == 0, let facts = FileFacts(path),
            let header = try? WholeFile.bytes(of: path, limit: 100)
        else { return "cannot be read and written by this user" }
        if header.isEmpty { return nil }
        guard header.count == 100, header.starts(with: "SQLite format 3".utf8) else { return "is no database" }
        func number(_ bytes: Range<Int>) -> Int { header[bytes].reduce(0) { $0 << 8 | Int($1) } }
        // 1 stands for 65536, which two bytes cannot hold. The pages are counted if both numbers of the change agree.
        let pageSize = number(16..<18) == 1 ? 65_536 : number(16..<18)
        let size = number(24..<28) == number(92..<96) ? pageSize * number(28..<32) : 0
        return facts.size >= size ? nil : "is not complete: \(facts.size) bytes of \(size)"
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
        guard let scripts = Self.pythonScripts(in: path) else {
            return [
                .problem(
                    "profile",
                    "\(path) is no folder that this user can read",
                    "name the profile: --startup-dir <folder>"
                )
            ]
        }
        let name =
            startupDirectory == nil
            ? path + " (the default; if the manager has another one: --startup-dir <folder>)" : path
        // As the manager decides, if it is not told by --worker.
        if !scripts.isEmpty, !WholeFile.exists("\(path)/devices.yaml") {
            let unreadable = scripts.filter { access("\(path)/\($0)", R_OK) != 0 }
            if unreadable.isEmpty { return [.good("profile", "\(name), \(count(scripts.count, "Python file"))")] }
            return [
                .problem(
                    "profile",
                    "\(path) has files that this user cannot read: \(unreadable.joined(separator: ", "))",
                    "correct their owner and rights"
                )
            ]
        }
        let files = ["devices.yaml", "plans.yaml", "user_group_permissions.yaml"]
        let unreadable = files.filter { access("\(path)/\($0)", R_OK) != 0 }
        if unreadable.isEmpty { return [.good("profile", name)] }
        return [
            .problem(
                "profile",
                "\(path) has no \(unreadable.joined(separator: ", ")) that this user can read",
                "docs/profiles.md says what a profile holds"
            )
        ]
    }
}

extension InstallationChecks {
    /// The startup files in Python of a folder, in order; nil if the folder cannot be read.
    private static func pythonScripts(in path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".py") || name.hasSuffix(".ipy") { names.append(name) }
        }
        return names.sorted()
    }
}

/// What the file system says about a file.
private struct FileFacts {
    private let mode: mode_t
    /// In bytes.
    let size: Int

    init?(_ path: String) {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        mode = facts.st_mode
        size = Int(facts.st_size)
    }

    var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
    /// Whether nobody but the owner can use it.
    var isPrivate: Bool { mode & 0o077 == 0 }
}
