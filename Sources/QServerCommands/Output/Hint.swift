/// What to do about a refusal of the manager, where its own words leave that open.
enum Hint {
    /// The hint for this message; nil if there is none.
    static func hint(for message: String) -> String? {
        let hints = [
            ("environment does not exist", "'qserver environment open --wait' opens it."),
            ("environment is not open", "'qserver environment open --wait' opens it."),
            (
                "RE Manager is busy",
                "'qserver status' shows with what; 'qserver queue add plan …' puts a plan in the queue."
            ),
            ("RE Manager is locked", "With the key of the lock the command is carried out: -k <key>."),
            ("Lock key is not specified", "The key is given with -k <key>."),
            ("is not in the list of allowed plans", "'qserver allowed plans' lists them."),
            ("'idle' state. Current state", "'qserver status' shows what it does; 'safe off' stops it all the same."),
        ]
        return hints.first { message.contains($0.0) }?.1
    }
}
