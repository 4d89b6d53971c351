internal import Glibc
public import Logging

/// Log lines in the form `[I 2026-11-20 22:21:32,132 manager Queue.swift:41] text`, on standard output.
public struct LineLogHandler: LogHandler {
    /// Values that are added to each line.
    public var metadata: Logger.Metadata = [:]
    /// The lowest level that is written.
    public var logLevel: Logger.Level
    private let component: String
    private let observer: (@Sendable (String) -> Void)?

    /// A handler whose lines name this component. The observer gets each line too, with its line break.
    public init(component: String, level: Logger.Level, observer: (@Sendable (String) -> Void)? = nil) {
        self.component = component
        self.observer = observer
        logLevel = level
    }

    /// One of the values that are added to each line.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a line.
    public func log(event: LogEvent) {
        let file = event.file.split(separator: "/").last ?? ""
        let merged = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let extra = merged.isEmpty ? "" : " " + merged.map { "\($0)=\($1)" }.sorted().joined(separator: " ")
        let line =
            "[\(letter(event.level)) \(localTime()) \(component) \(file):\(event.line)] \(event.message)\(extra)\n"
        ConsoleWriter.shared.write(line)
        observer?(line)
    }

    private func letter(_ level: Logger.Level) -> Character {
        switch level {
        case .trace, .debug: "D"
        case .info, .notice: "I"
        case .warning: "W"
        case .error: "E"
        case .critical: "C"
        }
    }

    private func localTime() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        localtime_r(&now.tv_sec, &parts)
        func padded(_ value: Int32, _ width: Int = 2) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
        let time = "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
        return "\(date) \(time),\(padded(Int32(now.tv_nsec / 1_000_000), 3))"
    }
}

extension Logger {
    /// A logger of one of the project's processes. The observer gets each line too, from the thread that logs it.
    public static func process(
        _ component: String,
        level: Logger.Level,
        observer: (@Sendable (String) -> Void)? = nil
    ) -> Logger {
        Logger(label: component) { _ in LineLogHandler(component: component, level: level, observer: observer) }
    }
}
