import Glibc
import QueueClient
import Testing
import Wire

/// Startup code in a folder of its own.
struct PythonProfile {
    private let folder: TemporaryFolder
    /// The options that name it, and the interpreter.
    let options: [String]
    /// The folder.
    var path: String { folder.path }

    /// Makes a run engine, one detector, and more.
    ///
    /// - Parameter place: What the code is: a `folder`, a `script`, a `module` or an IPython `profile`.
    init(_ code: String = "", place: String = "folder") throws {
        folder = try TemporaryFolder()
        var codeFolder = folder.path
        if place == "profile" {
            for part in ["/profile_test", "/startup"] {
                codeFolder += part
                mkdir(codeFolder, 0o700)
            }
        }
        let start = """
            from bluesky import RunEngine
            import bluesky.plan_stubs as bps
            from bluesky.plans import count
            from ophyd.sim import det, motor
            RE = RunEngine({})
            def answer():
                return 42

            """
        let file = place == "module" ? "beamline_startup.py" : "00-start.py"
        try write(start + code + "\n", to: "\(codeFolder)/\(file)")
        let everything = "allowed_plans: [null], allowed_devices: [null], allowed_functions: [null]"
        let permissions = "user_groups: {root: {\(everything)}, primary: {\(everything)}}"
        try write(permissions, to: codeFolder + "/user_group_permissions.yaml")
        let location =
            switch place {
            case "script": ["--startup-script", "\(codeFolder)/\(file)"]
            case "module":
                [
                    "--startup-module", "beamline_startup", "--user-group-permissions", codeFolder,
                    "--existing-plans-devices", codeFolder,
                ]
            case "profile": ["--ipython-dir", folder.path, "--startup-profile", "test"]
            default: ["--startup-dir", codeFolder]
            }
        options = location + ["--python", PythonEnvironment.interpreter]
    }

    func run(options: [String] = [], _ body: (TestManager) async throws -> Void) async throws {
        try await TestManager.run(
            state: TemporaryFolder(),
            options: self.options + options,
            body
        )
    }
}

private func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
}

extension TestManager {
    /// Waits until a text has been printed.
    func waitForConsole(_ text: String) async throws {
        for _ in 0..<600 {
            let shown = try await client.request("console_output", ["nlines": 2000])["text"]?.string ?? ""
            if shown.contains(text) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("The console has not shown '\(text)'")
    }

    /// The result of the task that a reply names, when it has ended.
    func taskResult(_ reply: JSONObject) async throws -> JSONValue {
        let uid = try #require(reply["task_uid"])
        for _ in 0..<600 {
            let result = try await client.request("task_result", ["task_uid": uid])
            if result["status"] == "completed" { return result["result"] ?? .null }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("The task has not ended")
        return .null
    }
}
