import Wire
import ZeroMQ

/// The socket on which console output and status messages go out to whoever listens.
///
/// A message is two frames: the topic (`QS_Console` or `QS_Info`) and `{"time": seconds since 1970, "msg": …}`
/// in the encoding of the manager.
struct Publisher: ~Copyable {
    private let socket: Socket
    private let encoding: MessageEncoding
    /// Console output that waits for ``release()``; nil afterwards.
    private var held: [(text: String, time: Double)]?

    /// - Parameters:
    ///   - keys: The keys that encrypt the socket; nil if it is not encrypted.
    ///   - holdsConsole: Whether console output is kept until ``release()``, so that those who listened to a former
    ///     manager of this address have found the new one.
    init(
        address: String,
        keys: CurveKeys?,
        encoding: MessageEncoding,
        holdsConsole: Bool,
        in context: Context
    ) throws(ZeroMQError) {
        let socket = try Socket(.publish, in: context)
        if let keys { socket.setCurveServer(keys) }
        try socket.bind(to: address)
        self.socket = socket
        self.encoding = encoding
        held = holdsConsole ? [] : nil
    }

    func publish(status: JSONObject) { publish("QS_Info", ["status": .object(status)]) }

    /// Publishes how far the devices are that the running plan waits for; an empty list when the wait is over.
    func publish(progress devices: [JSONValue], itemUID: String?) {
        publish("QS_Info", ["progress": ["item_uid": JSONValue(itemUID), "devices": .array(devices)]])
    }

    /// Publishes what holds plans at present; an empty list when nothing does any more.
    func publish(suspensions: [String]) { publish("QS_Info", ["suspensions": JSONValue(suspensions)]) }

    mutating func publish(console text: String, at time: Double) {
        if held == nil { publish("QS_Console", .string(text), at: time) } else { held?.append((text, time)) }
    }

    /// Publishes the console output that was kept.
    mutating func release() {
        for (text, time) in held ?? [] { publish("QS_Console", .string(text), at: time) }
        held = nil
    }

    private func publish(_ topic: String, _ message: JSONValue, at time: Double = WallClock.now) {
        let body: JSONObject = ["time": .double(time), "msg": message]
        try? socket.send([Array(topic.utf8), encoding.encode(body)])
    }
}
