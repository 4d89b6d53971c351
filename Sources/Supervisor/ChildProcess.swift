internal import CLinux
internal import Glibc

/// A program that the supervisor starts.
struct ChildProcess {
    /// The executable.
    let path: String
    let arguments: [String]
    /// A variable that its environment has besides those of the supervisor, `NAME=value`.
    var variable: String?
    /// Names of variables of the supervisor that its environment does not have.
    var withheldVariables: [String] = []
    /// What becomes its standard input; by default it has none.
    var input: Int32?
    /// The file for its standard error; by default it shares the supervisor's.
    var errorPath: String?

    /// Starts it.
    ///
    /// - Throws: ``SupervisorError`` with the reason if it cannot be started.
    func start() throws(SupervisorError) -> ProcessHandle {
        var vector = ([path] + arguments).map { strdup($0) } + [nil]
        defer { vector.forEach { free($0) } }
        var withheld: [UnsafePointer<CChar>?] = withheldVariables.map { UnsafePointer(strdup($0)) } + [nil]
        defer { withheld.forEach { free(UnsafeMutablePointer(mutating: $0)) } }
        var pid: pid_t = 0
        let status = clinux_spawn(path, &vector, variable, &withheld, input ?? -1, errorPath, &pid)
        guard status == 0 else {
            throw SupervisorError("'\(path)' could not be started: \(String(cString: strerror(status)))")
        }
        guard let process = ProcessHandle(pid: Int(pid)) else {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
            throw SupervisorError("'\(path)' could not be started: no descriptor is left")
        }
        return process
    }
}
