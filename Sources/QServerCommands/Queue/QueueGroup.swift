internal import ArgumentParser

/// `qserver queue`
struct QueueGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Fill, order, start and stop the queue.",
        subcommands: [
            QueueAddGroup.self, QueueUpdateGroup.self, QueueReplaceGroup.self, QueueExecuteGroup.self, QueueGet.self,
            QueueClear.self, QueueItemGroup.self, QueueStart.self, QueueStop.self, QueueAutostart.self,
            QueueModeGroup.self,
        ]
    )
}
