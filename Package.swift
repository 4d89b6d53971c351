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
        swiftSettings: settings
    )
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

let package = Package(
    name: "run-engine-manager",
    // Span and Mutex carry availability on Apple systems; Linux is where this runs.
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .target(name: "CLinux"),
        library("ZeroMQ", ["CZeroMQ", "CLinux"]),
        library("Wire", [collections]),
        library("QueueClient", ["Wire", "ZeroMQ"]),
        .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
        library("QServerCommands", ["QueueClient", "Wire", "CLibYAML", argumentParser]),
        .executableTarget(name: "qserver", dependencies: ["QServerCommands"], swiftSettings: settings),
        .target(
            name: "FakeManager",
            dependencies: ["Wire", "ZeroMQ"],
            path: "Tests/FakeManager",
            swiftSettings: settings
        ),
        tests("QueueClient", ["FakeManager", "Wire", "ZeroMQ"]),
        .testTarget(
            name: "QServerTests",
            dependencies: ["QServerCommands", "QueueClient", "FakeManager", "Wire", argumentParser],
            exclude: ["Golden"],
            swiftSettings: settings
        ),
        tests("Wire"),
        tests("ZeroMQ"),
    ],
    swiftLanguageModes: [.v6]
)
