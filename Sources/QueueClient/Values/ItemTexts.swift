internal import Wire

// Items and modes as people write them. Nothing is done about characters that could change a terminal.
extension QueueItem {
    /// The arguments as in a call, for example `['det1', 'det2'], num=5`.
    package var argumentsText: String {
        let positional = arguments.map(\.pythonRepr)
        let keyword = keywordArguments.map { "\($0.key)=\($0.value.pythonRepr)" }
        return (positional + keyword).joined(separator: ", ")
    }

    /// The call, for example `count(['det1', 'det2'], num=5)`; an instruction is just its name.
    package var callText: String { type == "instruction" ? name : "\(name)(\(argumentsText))" }
}

extension QueueMode {
    /// For example `loop, ignore failures`.
    package var text: String {
        switch (loop, ignoreFailures) {
        case (false, false): "normal"
        case (true, false): "loop"
        case (false, true): "ignore failures"
        case (true, true): "loop, ignore failures"
        }
    }
}
