internal import ArgumentParser

/// `qserver task`
struct TasksGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "task",
        abstract: "Ask for functions, scripts and updates that were started.",
        subcommands: [TaskStatus.self, TaskResult.self]
    )
}
