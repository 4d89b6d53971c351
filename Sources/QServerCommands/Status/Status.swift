internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver status`
struct Status: WatchableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the manager, the environment and the queue do.",
        usage: "qserver status [<options>]"
    )

    @OptionGroup
    var watching: WatchOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .status }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        StatusText.text(ManagerStatus(reply), on: display)
    }

    func describe(_ reply: JSONObject, on display: Display, from client: QueueClient) async throws -> String {
        let status = ManagerStatus(reply)
        guard status.runningItemUID != nil || status.itemsInQueue > 0 else { return describe(reply, on: display) }
        let queue = try await client.queueGet()
        let item = queue.runningItem
        return StatusText.text(
            status,
            running: item?.uid == status.runningItemUID ? item : nil,
            heldBy: status.runningItemUID == nil ? [] : try await client.reSuspensions(),
            heldItems: queue.items.count(where: \.isHeld),
            on: display
        )
    }
}
