internal import QueueClient
internal import Wire

/// Devices for a reader.
enum DeviceText: ListText {
    static let noun = "device"

    static func list(_ devices: JSONObject, on display: Display) -> String {
        if devices.isEmpty { return "There are no devices." }
        var table = Table([
            .init(title: "Device", minimum: 16),
            .init(title: "Class", minimum: 12),
            .init(title: "Can be", minimum: 12),
            .init(title: "Components", minimum: 12),
        ])
        for (name, description) in devices.sorted(by: { $0.key < $1.key }) {
            let device = DeviceDescription(description.object ?? [:])
            table.append([
                Table.Cell(name), Table.Cell(device.className), Table.Cell(abilities(device)),
                Table.Cell(device.components.map(\.name).joined(separator: " ")),
            ])
        }
        return table.text(on: display)
    }

    static func details(_ name: String, _ raw: JSONObject, on display: Display) -> String {
        var table = Table([
            .init(title: "Device", minimum: 16), .init(title: "Class", minimum: 12), .init(title: "Can be"),
        ])
        append(name, DeviceDescription(raw), to: &table)
        return table.text(on: display)
    }

    private static func append(_ name: String, _ device: DeviceDescription, to table: inout Table) {
        table.append([Table.Cell(name), Table.Cell(device.className), Table.Cell(abilities(device))])
        for component in device.components { append("\(name).\(component.name)", component.device, to: &table) }
    }

    private static func abilities(_ device: DeviceDescription) -> String {
        let words = [(device.isReadable, "read"), (device.isMovable, "moved"), (device.isFlyable, "flown")]
        return words.filter(\.0).map(\.1).joined(separator: ", ")
    }
}
