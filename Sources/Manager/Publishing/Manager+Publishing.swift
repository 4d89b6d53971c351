import ProcessLog
import QueueStore
import Wire
import ZeroMQ

/// What clients see without asking: the status, the console, the progress of devices.
extension Manager {
    /// The status, rendered when it changed last.
    var status: StatusMessage {
        if let statusMessage { return statusMessage }
        let message = StatusMessage(self)
        statusMessage = message
        return message
    }

    /// To be called after each change that the status may show.
    func statusChanged() {
        statusMessage = nil
        isStatusUnpublished = true
    }

    func publishStatus() {
        guard publisher != nil, isStatusUnpublished else { return }
        isStatusUnpublished = false
        publisher?.publish(status: status.members)
    }

    /// Sends the status again a second after the last time, so that a subscriber who has just come knows it.
    func publishRegularly() {
        guard publisher != nil else { return }
        Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                publisher?.release()
                publisher?.publish(status: status.members)
            }
        }
    }

    /// Prints console output of the worker and passes it on to whoever listens.
    func printConsole(_ text: String) {
        ConsoleWriter.shared.write(text)
        publish(console: text)
    }

    private func publish(console text: String) {
        let time = WallClock.now
        console.append(text, at: time)
        publisher?.publish(console: text, at: time)
    }

    func publishLogLines() -> Bool {
        let lines = logLines.takeAll()
        for line in lines { publish(console: line) }
        return !lines.isEmpty
    }

    /// Passes on how far the devices are that the running plan waits for.
    func publish(progress devices: [JSONValue]) {
        publisher?.publish(progress: devices, itemUID: execution.running?.item.uid)
    }

    /// UID of the running item as the methods of the queue know it.
    var runningUID: String? { execution.runningQueueItemUID }
}
