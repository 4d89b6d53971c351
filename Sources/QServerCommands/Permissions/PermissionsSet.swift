internal import ArgumentParser
internal import QueueClient
internal import Wire
internal import YAML

/// `qserver permissions set`
struct PermissionsSet: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set which group may use which plans, devices and functions.",
        usage: "qserver permissions set <file> [<options>]"
    )

    @Argument(help: "A YAML file, in the form that 'qserver permissions get' prints.", completion: .file())
    var file: String

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        let text = try TextFile.contents(of: file)
        do {
            return .permissionsSet(try JSONValue(yaml: text))
        } catch {
            throw CommandFailure.parameters("\(file) is no valid YAML: \(error)")
        }
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { "The permissions are set." }
}
