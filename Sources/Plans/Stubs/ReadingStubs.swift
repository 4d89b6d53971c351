public import EventModel
public import RunEngine

/// Taking events.
extension PlanContext {
    /// Triggers those of the devices that can be triggered, waits for them, and reads all into one event.
    ///
    /// A device that is part of another one in the list is left out, since the whole contains it.
    @discardableResult
    public func triggerAndRead(_ devices: [any Readable], stream: String = "primary") async throws -> Readings {
        if devices.isEmpty { try await null() }
        let devices = devices.withoutParts
        var group: String?
        for device in devices {
            guard let device = device as? any Triggerable else { continue }
            let name = group ?? shortUID("trigger")
            group = name
            try await trigger(device, group: name)
        }
        if let group { try await wait(group) }
        try await create(stream)
        let readings = try await contingency {
            var readings = Readings()
            for device in devices { readings.merge(try await read(device)) }
            return readings
        } onError: { _ in
            try await drop()
        }
        try await save()
        return readings
    }

    /// A checkpoint and one event of these devices.
    @discardableResult
    public func oneShot(_ devices: [any Readable]) async throws -> Readings {
        try await checkpoint()
        return try await triggerAndRead(devices)
    }
}

extension [any Readable] {
    /// The devices without those that are part of another one of them, each once.
    fileprivate var withoutParts: [any Readable] {
        if count < 2 { return self }
        var identifiers: Set<ObjectIdentifier> = []
        let unique = filter { identifiers.insert(ObjectIdentifier($0)).inserted }
        return unique.filter { device in
            var ancestor = device.parent
            while let whole = ancestor {
                if identifiers.contains(ObjectIdentifier(whole)) { return false }
                ancestor = whole.parent
            }
            return true
        }
    }
}
