internal import ArgumentParser

/// `qserver history`
struct HistoryGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Look at the items that ended.",
        subcommands: [HistoryGet.self, HistoryShow.self, HistoryClear.self]
    )
}
