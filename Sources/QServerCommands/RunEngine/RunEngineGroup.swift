internal import ArgumentParser

/// `qserver re`
struct RunEngineGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "re",
        abstract: "Pause, resume and end the running plan.",
        subcommands: [
            RunEnginePause.self, RunEngineResume.self, RunEngineStop.self, RunEngineAbort.self, RunEngineHalt.self,
            RunEngineRuns.self, RunEngineSuspensions.self, RunEngineMetadata.self,
        ]
    )
}
