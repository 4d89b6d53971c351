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

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.init(stringLiteral: name)] + dependencies,
        exclude: exclude,
        swiftSettings: settings
    )
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

let package = Package(
    name: "run-engine-manager",
    // Span and Mutex carry availability on Apple systems; Linux is where this runs.
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
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
        library("QueueStore", ["Wire", .product(name: "GRDB", package: "GRDB.swift")]),
        library("PlanCatalog", ["Wire", collections, yams]),
        library("SupervisorLink", ["Wire"]),
        library("WorkerLink", ["Wire", "ZeroMQ"]),
        library("ProcessLog", ["CLinux", logging]),
        library("Installation"),
        library(
            "Supervisor",
            [
                "SupervisorLink", "ProcessLog", "Wire", "ZeroMQ", "CLinux", logging,
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        library(
            "Manager",
            ["PlanCatalog", "QueueStore", "WorkerLink", "SupervisorLink", "ProcessLog", "Wire", "ZeroMQ", logging]
        ),
        library(
            "Worker",
            [
                "Plans", "Devices", "RunEngine", "EventModel", "PlanCatalog", "WorkerLink", "ProcessLog", "Wire",
                "ZeroMQ", "CLinux", logging,
            ]
        ),
        executable(
            "start-re-manager",
            ["Supervisor", "Installation", "SupervisorLink", "ProcessLog", "ZeroMQ", argumentParser, logging]
        ),
        executable(
            "re-manager",
            ["Manager", "SupervisorLink", "ProcessLog", "Wire", "ZeroMQ", "CLinux", argumentParser, logging]
        ),
        library("QueueClient", ["Wire", "ZeroMQ"]),
        .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
        library("QServerCommands", ["QueueClient", "Wire", "CLibYAML", argumentParser]),
        executable("qserver", ["QServerCommands"]),
        executable("re-worker", ["Worker", "ProcessLog", "ZeroMQ", argumentParser, logging]),
        executable("re-run", ["Worker", "Installation", "ProcessLog", "Wire", argumentParser]),
        tests("Wire"),
        tests("QueueStore", ["Wire"]),
        tests("Manager", ["QueueStore", "SupervisorLink", "Wire", "WorkerLink"]),
        tests("SupervisorLink"),
        tests("WorkerLink", ["Wire", "ZeroMQ"]),
        // Tests read their resources where they stand: a bundle would bring in Foundation.
        tests("PlanCatalog", ["Wire"], exclude: ["Resources"]),
        tests("ZeroMQ"),
    ],
    swiftLanguageModes: [.v6]
)
