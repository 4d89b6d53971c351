import EventModel

/// Follows documents and says what is wrong with them.
struct DocumentCheck {
    private struct Run {
        var streams: [String: String] = [:]
        var numbers: [String: [Int]] = [:]
    }

    private var runs: [String: Run] = [:]
    private var runOfDescriptor: [String: String] = [:]
    private var closed: Set<String> = []
    private(set) var problems: [String] = []

    /// The runs that have no stop document.
    var openRuns: [String] { runs.keys.filter { !closed.contains($0) } }

    mutating func take(_ document: Document) {
        switch document {
        case .start(let start):
            if runs.updateValue(Run(), forKey: start.uid) != nil { problems.append("a run was started twice") }
        case .descriptor(let descriptor):
            require(descriptor.runStart, "descriptor")
            runs[descriptor.runStart]?.streams[descriptor.uid] = descriptor.name
            runOfDescriptor[descriptor.uid] = descriptor.runStart
        case .event(let event): take([event.seqNum], event.descriptor)
        case .eventPage(let page): take(page.seqNum, page.descriptor)
        case .stop(let stop):
            require(stop.runStart, "stop")
            closed.insert(stop.runStart)
            for (stream, count) in stop.numEvents {
                let numbers = Set(runs[stop.runStart]?.numbers[stream] ?? [])
                if !numbers.isSuperset(of: Array(1..<count + 1)) {
                    problems.append("\(stream): \(count) events of \(numbers)")
                }
            }
        default: break
        }
    }

    private mutating func take(_ numbers: [Int], _ descriptor: String) {
        guard let run = runOfDescriptor[descriptor], let stream = runs[run]?.streams[descriptor] else {
            problems.append("an event without a descriptor")
            return
        }
        require(run, "event")
        for number in numbers {
            let last = runs[run]?.numbers[stream]?.last ?? 0
            if number > last + 1 || number < 1 { problems.append("\(stream): \(number) after \(last)") }
            runs[run]?.numbers[stream, default: []].append(number)
        }
    }

    private mutating func require(_ run: String, _ name: String) {
        if runs[run] == nil { problems.append("\(name) of a run that was not started") }
        if closed.contains(run) { problems.append("\(name) after the stop of its run") }
    }
}
