// swift-tools-version: 6.2
import PackageDescription

let strictness: [SwiftSetting] =
    Context.environment["WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)]
let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + strictness

/// A library of this package; the arrows of docs/architecture.md are its dependencies.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A program: arguments in, one call.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a library. They read their resources where they stand: a bundle would bring in Foundation.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.init(stringLiteral: name)] + dependencies,
        exclude: resources,
        swiftSettings: settings
    )
}

/// What the tests of several libraries share.
func testSupport(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let foundations: [Target] = [
    .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
    .target(name: "CLinux"),
    library("ZeroMQ", ["CZeroMQ", "CLinux", "Files"]),
    library("Wire", [collections]),
    library("Files"),
    library("YAML", ["Wire", "Files", "CLibYAML"]),
    library("ProcessLog", ["CLinux", logging]),
    library("Installation"),
    library("TerminalKit", ["CLinux"]),
]

let engine: [Target] = [
    library("EventModel", ["Wire", collections]),
    library("RunEngine", ["EventModel", "Wire"]),
    library("Plans", ["RunEngine", "EventModel", "Wire"]),
    library("Devices", ["RunEngine", "EventModel", "Wire"]),
]

let manager: [Target] = [
    library("PlanCatalog", ["Wire", "Files", "YAML", collections]),
    library("QueueStore", ["Wire", "CHiredis", grdb]),
    library("WorkerLink", ["Wire", "ZeroMQ"]),
    library("SupervisorLink", ["Wire"]),
    library("ManagerConfiguration", ["PlanCatalog", "SupervisorLink", "Wire", "YAML"]),
    library(
        "Supervisor",
        ["SupervisorLink", "ProcessLog", "Files", "Wire", "ZeroMQ", "CLinux", logging]
    ),
    library(
        "StartupSelection",
        ["ManagerConfiguration", "Supervisor", "SupervisorLink", "Installation", argumentParser, logging]
    ),
    library(
        "Manager",
        [
            "PlanCatalog", "QueueStore", "WorkerLink", "SupervisorLink", "ProcessLog", "TerminalKit", "Wire", "ZeroMQ",
            "CSodium", "YAML", logging,
        ]
    ),
    library(
        "Worker",
        [
            "Plans", "Devices", "RunEngine", "EventModel", "PlanCatalog", "WorkerLink", "ProcessLog", "Wire", "ZeroMQ",
            "CLinux", "YAML", "Files", "Installation", argumentParser, logging, subprocess, systemPackage,
        ]
    ),
]

let client: [Target] = [
    library("QueueClient", ["Wire", "ZeroMQ"]),
    library("QueueMonitor", ["QueueClient", "TerminalKit", "Wire", "ZeroMQ"]),
    library(
        "QServerCommands",
        ["QueueClient", "QueueMonitor", "TerminalKit", "Wire", "YAML", "Files", "Installation", argumentParser]
    ),
]

let programs: [Target] = [
    program(
        "start-re-manager",
        [
            "StartupSelection", "Supervisor", "SupervisorLink", "ManagerConfiguration", "Installation", "ProcessLog",
            "Files", "Wire", "ZeroMQ", argumentParser, logging,
        ]
    ),
    program(
        "re-manager",
        [
            "Manager", "QueueStore", "SupervisorLink", "ProcessLog", "Wire", "ZeroMQ", "CLinux", argumentParser,
            logging,
        ]
    ),
    program("re-worker", ["Worker"]),
    program("re-run", ["Worker", "Installation", "ProcessLog", argumentParser]),
    program("qserver", ["QServerCommands"]),
    program("qserver-backup", ["QueueStore", "Supervisor", "Installation", "ProcessLog", argumentParser]),
    program("qserver-migrate", ["QueueStore", "Supervisor", "Installation", "ProcessLog", argumentParser]),
    program("qserver-console-monitor", ["QServerCommands"]),
    program("qserver-console", ["QServerCommands"]),
    program("qserver-qtconsole", ["QServerCommands"]),
    program("qserver-clear-lock", ["QueueStore", "Supervisor", "Installation", "Wire", argumentParser]),
    program(
        "qserver-list-plans-devices",
        [
            "StartupSelection", "Worker", "PlanCatalog", "ManagerConfiguration", "SupervisorLink", "ProcessLog", "Wire",
            "Installation", argumentParser, logging, subprocess, systemPackage,
        ]
    ),
    program("qserver-zmq-keys", ["ZeroMQ", "Installation", "ProcessLog", argumentParser]),
]

let allTests: [Target] = [
    tests("ZeroMQ"),
    tests("Wire"),
    tests("YAML", ["Wire"]),
    tests("TerminalKit"),
    testSupport("EngineTestSupport", ["RunEngine", "EventModel", "Wire"]),
    tests("EventModel", ["EngineTestSupport", "Wire"]),
    tests("RunEngine", ["EngineTestSupport", "Devices", "Plans", "EventModel", "Wire"]),
    tests("Plans", ["EngineTestSupport", "Devices", "RunEngine", "EventModel", "Wire"], resources: ["Resources"]),
    tests("Devices", ["EngineTestSupport", "Plans", "RunEngine", "EventModel", "Wire"]),
    tests("PlanCatalog", ["Wire", "YAML"], resources: ["Resources"]),
    testSupport("RedisTestSupport", []),
    tests("QueueStore", ["RedisTestSupport", "Wire"]),
    tests("Worker", ["PlanCatalog", "WorkerLink", "Wire", "YAML", "ZeroMQ"]),
    tests("WorkerLink", ["Wire", "ZeroMQ"]),
    tests("SupervisorLink"),
    tests("Supervisor", [subprocess]),
    tests("ManagerConfiguration", ["SupervisorLink"]),
    tests("Manager", ["PlanCatalog", "QueueStore", "SupervisorLink", "Wire", "WorkerLink", "YAML", "ZeroMQ", logging]),
    testSupport("FakeManager", ["Wire", "ZeroMQ"]),
    testSupport("GoldenFiles", []),
    tests("QueueClient", ["FakeManager", "Wire", "ZeroMQ"]),
    tests("QueueMonitor", ["GoldenFiles", "QueueClient", "TerminalKit", "Wire"], resources: ["Golden"]),
    .testTarget(
        name: "QServerTests",
        dependencies: [
            "QServerCommands", "QueueClient", "FakeManager", "Files", "GoldenFiles", "TerminalKit", "Wire", "YAML",
            argumentParser,
        ],
        exclude: ["Golden"],
        swiftSettings: settings
    ),
    .testTarget(
        name: "EndToEndTests",
        dependencies: [
            "RedisTestSupport", "QueueClient", "Installation", "Wire", "ZeroMQ", "CLinux", "EngineTestSupport",
            "Devices", "Plans", "RunEngine", "EventModel", subprocess, systemPackage,
        ],
        exclude: ["Python"],
        swiftSettings: settings
    ),
]

let package = Package(
    name: "run-engine-manager",
    // Span and Mutex carry availability on Apple systems; Linux is where this runs.
    platforms: [.macOS(.v26)],
    // What client programs, and packages with devices, plans and workers of their own may use.
    products: ["QueueClient", "Wire", "EventModel", "RunEngine", "Plans", "Devices", "Worker"].map { name in
        .library(name: name, targets: [name])
    },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
    ],
    targets: foundations + engine + manager + client + programs + allTests,
    swiftLanguageModes: [.v6]
)
