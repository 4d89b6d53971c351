internal import Files
internal import Wire

/// What a supervisor notes in the state directory, so that the next one can carry on if it is killed.
struct SupervisionRecord: Equatable {
    /// A worker that runs.
    struct Worker: Equatable {
        let process: ProcessIdentity
        /// The address of its end of the worker link.
        let endpoint: String
        /// Where its devices and plans come from.
        let startup: String
    }

    /// The folder of the worker link's socket.
    var runtimeDirectory: String
    var manager: ProcessIdentity?
    var worker: Worker?

    /// The file in this state directory.
    static func path(in stateDirectory: String) -> String { stateDirectory + "/processes.json" }

    /// Replaces the file as a whole; returns whether that worked.
    func write(to path: String) -> Bool {
        (try? WholeFile.replace(path, with: json.encoded + [UInt8(ascii: "\n")], isDurable: false)) != nil
    }

    /// Reads the file; nil if there is none, it is damaged, or it is from before the machine was started.
    init?(path: String) {
        guard let bytes = try? WholeFile.bytes(of: path, limit: 16_384), let value = try? JSONValue(parsing: bytes),
            value["boot"]?.string == SupervisionRecord.boot,
            let runtimeDirectory = value["runtime_directory"]?.string
        else { return nil }
        self.runtimeDirectory = runtimeDirectory
        manager = value["manager"].flatMap(ProcessIdentity.init)
        worker = value["worker"].flatMap(Worker.init)
    }

    /// A record of no processes yet.
    init(runtimeDirectory: String) { self.runtimeDirectory = runtimeDirectory }

    private var json: JSONObject {
        [
            "boot": .string(SupervisionRecord.boot), "runtime_directory": .string(runtimeDirectory),
            "manager": manager.map { .object($0.json) } ?? .null, "worker": worker.map { .object($0.json) } ?? .null,
        ]
    }

    /// Tells this run of the machine from others, in which the same process ids mean other processes.
    private static let boot: String = {
        let bytes = (try? WholeFile.bytes(of: "/proc/sys/kernel/random/boot_id", limit: 64)) ?? []
        return String(decoding: bytes.prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self)
    }()
}

extension ProcessIdentity {
    fileprivate var json: JSONObject { ["pid": .integer(pid), "start_time": .integer(startTime)] }

    fileprivate init?(_ value: JSONValue) {
        guard let pid = value["pid"]?.integer, let startTime = value["start_time"]?.integer else { return nil }
        self.init(pid: pid, startTime: startTime)
    }
}

extension SupervisionRecord.Worker {
    fileprivate var json: JSONObject {
        (["endpoint": .string(endpoint), "startup": .string(startup)] as JSONObject).merging(
            process.json
        )
    }

    fileprivate init?(_ value: JSONValue) {
        guard let process = ProcessIdentity(value), let endpoint = value["endpoint"]?.string else { return nil }
        self.init(
            process: process,
            endpoint: endpoint,
            startup: value["startup"]?.string ?? ""
        )
    }
}
