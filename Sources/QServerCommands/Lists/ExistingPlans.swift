internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver existing plans`
struct ExistingPlans: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "plans",
        abstract: "List all plans.",
        usage: "qserver existing plans [<name>] [<options>]"
    )

    @Argument(help: "Explain this plan.", completion: .byWords)
    var name: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .plansExisting }

    func show(_ reply: JSONObject, from client: QueueClient, in context: CommandContext) async throws {
        try show(name, of: reply, "plans_existing", PlanText.self, in: context)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        PlanText.list(reply["plans_existing"]?.object ?? [:], on: display)
    }
}
