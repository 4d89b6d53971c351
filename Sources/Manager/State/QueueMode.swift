import Wire

/// How the queue treats items that have been executed.
struct QueueMode: Sendable, Equatable {
    /// Whether executed items go to the back of the queue again.
    var loop = false
    /// Whether the queue goes on after a plan has failed.
    var ignoreFailures = false

    var json: JSONValue { ["loop": .bool(loop), "ignore_failures": .bool(ignoreFailures)] }

    init() {}

    /// Reads the stored form.
    init(stored value: JSONValue?) {
        loop = value?["loop"]?.bool ?? false
        ignoreFailures = value?["ignore_failures"]?.bool ?? false
    }
}
