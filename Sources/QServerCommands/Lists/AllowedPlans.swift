internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver allowed plans`
struct AllowedPlans: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "plans",
        abstract: "List the plans that the user group may use.",
        usage: "qserver allowed plans [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .plansAllowed }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        PlanText.text(reply["plans_allowed"]?.object ?? [:], on: display)
    }
}
