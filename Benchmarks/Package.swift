// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds the programs builds the benchmarks.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "run-engine-manager", path: "..")],
    targets: [
        .executableTarget(
            name: "EngineBenchmarks",
            dependencies: [
                .product(name: "RunEngine", package: "run-engine-manager"),
                .product(name: "Plans", package: "run-engine-manager"),
            ],
            path: "Engine",
            swiftSettings: settings
        )
    ],
    swiftLanguageModes: [.v6]
)
