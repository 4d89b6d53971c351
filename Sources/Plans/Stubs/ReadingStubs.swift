public import EventModel
public import RunEngine
public import Wire

/// Taking events.
extension PlanContext {
    /// Triggers those of the devices that can be triggered, waits for them, and reads all into one event.
    ///
    /// A device that is part of another one in the list is left out, since the whole contains it.
    @discardableResult
    public func triggerAndRead(_ devices: [any Readable], stream: String = "primary") async throws -> Readings {
        if devices.isEmpty { try await null() }
        let devices = devices.withoutParts
        if devices.contains(where: { ($0 as? any RewindLimiting)?.isRewindable == false }) {
            return try await withoutRewinding { try await takeEvent(devices, stream: stream) }
        }
        return try await takeEvent(devices, stream: stream)
    }

    private func takeEvent(_ devices: [any Readable], stream: String) async throws -> Readings {
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

    /// Where a device was sent and where it is.
    public func locate(_ device: any Locatable) async throws -> Location {
        try await send(.locate([device])).locations?.first ?? Location(setpoint: .null, readback: .null)
    }

    /// Where several devices were sent and where they are.
    public func locate(_ devices: [any Locatable]) async throws -> [Location] {
        try await send(.locate(devices)).locations ?? []
    }

    /// The one value of a device: its readback if it knows one, else its hinted or its only reading. If the reading was
    /// interrupted, there is none, and the answer is `fallback`.
    ///
    /// - Throws: ``PlanError`` if the device has several readings and hints at none or at several.
    public func rd(_ device: any Readable, default fallback: JSONValue = .null) async throws -> JSONValue {
        if let device = device as? any Locatable {
            return try await send(.locate([device])).locations?.first?.readback ?? fallback
        }
        let readings = try await read(device)
        return readings.isEmpty ? fallback : try await hintedValue(of: device, readings)
    }

    /// The one value among readings of a device.
    func hintedValue(of device: any Readable, _ readings: Readings) async throws -> JSONValue {
        if readings.isEmpty { return .null }
        let hinted = device.hintedFields
        let fields = hinted.isEmpty ? readings.keys : hinted
        guard fields.count == 1, let value = readings[fields[0]]?.value else {
            throw PlanError(
                "'\(device.name)' must have a single value, or hint at one; it has \(fields.joined(separator: ", "))"
            )
        }
        return value
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
    var withoutParts: [any Readable] {
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
