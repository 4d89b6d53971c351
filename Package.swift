// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A library target of this package; the arrows of docs/architecture.md are its dependencies.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.init(stringLiteral: name)] + dependencies,
        exclude: name == "Plans" ? ["Resources"] : [],
        swiftSettings: settings
    )
}

let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

let package = Package(
    name: "run-engine-manager",
    // Span and Mutex carry availability on Apple systems; Linux is where this runs.
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .target(name: "CLinux"),
        library("ZeroMQ", ["CZeroMQ", "CLinux"]),
        library("Wire", [collections]),
        library("EventModel", ["Wire", collections]),
        library("RunEngine", ["EventModel", "Wire"]),
        library("Plans", ["RunEngine", "EventModel", "Wire"]),
        library("Devices", ["RunEngine", "EventModel", "Wire"]),
        .target(
            name: "EngineTestSupport",
            dependencies: ["RunEngine", "EventModel", "Wire"],
            path: "Tests/EngineTestSupport",
            swiftSettings: settings
        ),
        tests("Wire"),
        tests("EventModel", ["Wire"]),
        tests("RunEngine", ["EngineTestSupport", "Plans", "EventModel", "Wire"]),
        tests("Plans", ["EngineTestSupport", "Devices", "RunEngine", "EventModel", "Wire"]),
        tests("Devices", ["EngineTestSupport", "Plans", "RunEngine", "EventModel", "Wire"]),
        tests("ZeroMQ"),
    ],
    swiftLanguageModes: [.v6]
)
