internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver allowed plans`
struct AllowedPlans: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "plans",
        abstract: "List the plans that the user group may use.",
        usage: "qserver allowed plans [<name>] [<options>]"
    )

    @Argument(help: "Explain this plan.", completion: .byWords)
    var name: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .plansAllowed }

    func show(_ reply: JSONObject, from client: QueueClient, in context: CommandContext) async throws {
        try show(name, of: reply, "plans_allowed", PlanText.self, in: context)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        PlanText.list(reply["plans_allowed"]?.object ?? [:], on: display)
    }
}
