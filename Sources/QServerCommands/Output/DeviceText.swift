internal import Wire

/// Devices for a reader.
enum DeviceText {
    static func text(_ devices: JSONObject, on display: Display) -> String {
        if devices.isEmpty { return "There are no devices." }
        var table = Table([
            .init(title: "Device", minimum: 16),
            .init(title: "Class", minimum: 12),
            .init(title: "Can be", minimum: 12),
            .init(title: "Components", minimum: 12),
        ])
        for (name, device) in devices.sorted(by: { $0.key < $1.key }) {
            let components = device["components"]?.object?.keys ?? []
            table.append([
                Table.Cell(name), Table.Cell(device["classname"]?.string ?? ""), Table.Cell(abilities(device)),
                Table.Cell(components.joined(separator: " ")),
            ])
        }
        return table.text(on: display)
    }

    private static func abilities(_ device: JSONValue) -> String {
        let words = [("is_readable", "read"), ("is_movable", "moved"), ("is_flyable", "flown")]
        return words.filter { device[$0.0]?.bool == true }.map(\.1).joined(separator: ", ")
    }
}
