import QueueClient
import Subprocess
import SystemPackage
import Testing
import Wire

/// Shells that complete command lines with the scripts that `qserver` makes for them.
@Suite struct CompletionScriptTests {
    /// Completes each line as bash does when Tab is pressed at its end.
    private static let completion = """
        source <(qserver --generate-completion-script bash)
        complete_line() {
          COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<< "$1"
          [[ "$1" == *" " ]] && COMP_WORDS+=("")
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
          _qserver qserver "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
          echo "${COMPREPLY[*]}"
        }

        """

    @Test func `bash completes commands, options, plans, devices and items`() async throws {
        try await TestManager.run(state: try TemporaryFolder()) { manager in
            let uid = try await manager.client.queueItemAdd(.plan("count", [["det1"]])).uid
            let cases = [
                ("qserver que", "queue"), ("qserver queue item m", "move"), ("qserver run move_t", "move_then_count"),
                ("qserver queue add plan front gri", "grid_scan"), ("qserver run count motor_no_p", "motor_no_pos"),
                ("qserver run count n", "new_trivial_flyer noisy_det num="),
                ("qserver re pause ", "deferred immediate"),
                ("qserver queue item get ", uid ?? ""), ("qserver status --zmq-e", "--zmq-encoding"),
            ]
            let lines = cases.map { "complete_line '\($0.0)'" }.joined(separator: "\n")
            let result = try await Subprocess.run(
                .path("/bin/bash"),
                arguments: ["-c", Self.completion + lines],
                environment: .custom([
                    "PATH": program("") + ":/usr/bin:/bin", "QSERVER_ZMQ_CONTROL_ADDRESS": manager.address,
                ]),
                output: .string(limit: 1 << 16),
                error: .string(limit: 1 << 16)
            )
            let completed = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, (line, expected)) in cases.enumerated() where completed.indices.contains(index) {
                let words = completed[index].split(separator: " ").sorted().joined(separator: " ")
                #expect(words == expected, "\(line)")
            }
            #expect(completed.count == cases.count + 1, "\(result.standardError)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `there is a script for each shell, which asks the manager for names`(shell: String) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(program("qserver"))),
            arguments: ["--generate-completion-script", shell],
            output: .string(limit: 1 << 20)
        )
        #expect(result.terminationStatus == .exited(0))
        #expect(result.standardOutput.contains("---completion"))
    }
}
