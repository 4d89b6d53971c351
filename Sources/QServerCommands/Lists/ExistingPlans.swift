internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver existing plans`
struct ExistingPlans: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "plans",
        abstract: "List all plans.",
        usage: "qserver existing plans [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .plansExisting }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        PlanText.text(reply["plans_existing"]?.object ?? [:], on: display)
    }
}
