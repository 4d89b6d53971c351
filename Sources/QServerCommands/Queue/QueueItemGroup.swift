internal import ArgumentParser

/// `qserver queue item`
struct QueueItemGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "item",
        abstract: "Look at, remove, move or release one item of the queue.",
        subcommands: [QueueItemGet.self, QueueItemRemove.self, QueueItemMove.self, QueueItemRelease.self]
    )
}
