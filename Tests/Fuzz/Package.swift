// swift-tools-version: 6.2
import PackageDescription

// A package of its own: its modules are the same sources (links in Modules), built so that libFuzzer sees which way they
// go. See the script `run` beside this file.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-O", "-sanitize=address", "-sanitize-coverage=edge,trace-cmp,inline-8bit-counters,pc-table"]),
    .unsafeFlags(["-enable-testing"]),
]

let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Modules/\(name)", swiftSettings: settings)
}

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        .systemLibrary(name: "CZeroMQ", path: "Modules/CZeroMQ"),
        .target(name: "CLinux", path: "Modules/CLinux"),
        .target(name: "CFuzzer", path: "CFuzzer"),
        module("Wire", [collections]),
        module("ZeroMQ", ["CZeroMQ", "CLinux", "Files"]),
        .systemLibrary(name: "CLibYAML", path: "Modules/CLibYAML"),
        module("Files", []),
        module("YAML", ["Wire", "Files", "CLibYAML"]),
        module("PlanCatalog", ["Wire", "Files", "YAML", collections]),
        module("WorkerLink", ["Wire", "ZeroMQ"]),
        .executableTarget(
            name: "Fuzz",
            dependencies: ["CFuzzer", "Wire", "PlanCatalog", "WorkerLink", "YAML"],
            path: "Fuzz",
            swiftSettings: settings,
            linkerSettings: [.unsafeFlags(["-sanitize=address"]), .linkedLibrary("stdc++"), .linkedLibrary("m")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
