import Wire

// Console output for clients that do not listen to the socket where it is published. The methods are named as the
// resources of bluesky-httpserver, and answer the same.
extension APIMethod {
    static let consoleMethods = [
        APIMethod("console_output", right: .read, parameters: ["nlines"], failure: ["text": ""]) {
            manager,
            parameters in
            let given = parameters["nlines"] ?? .null
            guard let count = given.isNull ? 200 : given.integer, count >= 0 else {
                throw Refusal.request(
                    "Parameter 'nlines' must be a non-negative integer: nlines=\(given.pythonRepr)"
                )
            }
            return .members(["text": .string(manager.console.text(lastLines: count))])
        },
        APIMethod("console_output_uid", right: .read, failure: ["console_output_uid": ""]) { manager, _ in
            .members(["console_output_uid": .string(manager.console.uid)])
        },
        APIMethod(
            "console_output_update",
            right: .read,
            parameters: ["last_msg_uid"],
            failure: ["last_msg_uid": "", "console_output_msgs": []]
        ) { manager, parameters in
            guard let uid = parameters["last_msg_uid"]?.string else {
                throw Refusal.request(
                    "Parameter 'last_msg_uid' must be a string: the 'last_msg_uid' of the last reply, or 'ALL'"
                )
            }
            let messages = manager.console.messages(after: uid).map { message -> JSONValue in
                ["time": .double(message.time), "msg": .string(message.text)]
            }
            return .members(["last_msg_uid": .string(manager.console.uid), "console_output_msgs": .array(messages)])
        },
    ]
}
