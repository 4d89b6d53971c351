internal import Wire

/// A command that lists plans or devices, or explains one of them.
protocol ListCommand: RequestCommand {}

/// How plans or devices are shown.
protocol ListText {
    /// What is listed, for example `plan`.
    static var noun: String { get }
    /// All of them, a line each.
    static func list(_ descriptions: JSONObject, on display: Display) -> String
    /// All about one.
    static func details(_ name: String, _ description: JSONObject, on display: Display) -> String
}

extension ListCommand {
    /// Prints the list, or what it says about one name.
    ///
    /// - Throws: ``CommandFailure`` if it does not have the name.
    func show(
        _ name: String?,
        of reply: JSONObject,
        _ key: String,
        _ text: (some ListText).Type,
        in context: CommandContext
    ) throws {
        guard let name else {
            let list = reply[key]?.object ?? [:]
            context.print(
                connection.json ? JSONValue.object(reply).encodedText : text.list(list, on: context.display)
            )
            return
        }
        let list = reply[key]?.object ?? [:]
        guard let description = list[name]?.object else {
            throw CommandFailure.parameters(
                "there is no \(text.noun) '\(name)' in the list.\(Suggestion.question(name, in: list.keys))"
            )
        }
        context.print(
            connection.json
                ? JSONValue.object(description).encodedText : text.details(name, description, on: context.display)
        )
    }
}
