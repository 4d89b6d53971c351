/// Why a command is refused.
struct CommandRefused: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
