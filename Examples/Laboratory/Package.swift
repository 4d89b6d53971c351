// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "laboratory",
    platforms: [.macOS(.v26)],
    // In a package of your own: .package(url: "…/run-engine-manager", from: "0.1.0")
    dependencies: [.package(name: "run-engine-manager", path: "../..")],
    targets: [
        .executableTarget(
            name: "laboratory-worker",
            dependencies: ["Worker", "Plans", "RunEngine", "EventModel", "Devices", "Wire"].map { name in
                .product(name: name, package: "run-engine-manager")
            }
        )
    ],
    swiftLanguageModes: [.v6]
)
