import Devices
import EngineTestSupport
import EventModel
import Glibc
import Plans
import RunEngine
import Testing
import Wire

struct AreaDetectorTests {
    private let camera = SimulatedAreaDetector("camera", width: 8, height: 4, exposureTime: 0)

    private func run(_ plan: Plan) async throws -> DocumentCollector {
        let documents = DocumentCollector()
        let outcome = try await RunEngine().run(plan, sinks: [documents])
        if let error = outcome.error { throw error }
        return documents
    }

    private func resources(_ documents: DocumentCollector) -> [StreamResource] {
        documents.documents.compactMap { if case .streamResource(let resource) = $0 { resource } else { nil } }
    }

    @Test func `Each event has a row of the file, which is announced once`() async throws {
        let documents = try await run(try count([camera], num: 3))
        #expect(
            documents.names == [
                "start", "descriptor", "stream_resource", "stream_datum", "event", "stream_datum", "event",
                "stream_datum", "event", "stop",
            ]
        )
        #expect(documents.streamPieces.map(\.indices) == [0..<1, 1..<2, 2..<3])
        #expect(documents.streamPieces.map(\.seqNums) == [1..<2, 2..<3, 3..<4])
        #expect(documents.events.allSatisfy { $0.data.keys == ["camera_total"] })
        let key = try #require(documents.descriptors.first?.dataKeys["camera"])
        #expect(key.external == "STREAM:")
        #expect(key.shape == [1, 4, 8])
        #expect(documents.descriptors.first?.configuration["camera"]?.readings.keys == ["camera_exposure_time"])
    }

    @Test func `The files are images of the size that was announced`() async throws {
        let documents = try await run(try count([camera], num: 2))
        let resource = try #require(resources(documents).first)
        let template = try #require(resource.parameters["template"]?.string)
        let folder = resource.uri.dropFirst("file://localhost".count)
        for number in 0..<2 {
            let file = template.replacing("{:06d}", with: "00000\(number)")
            let bytes = contents(of: folder + file)
            // Header, 8 × 4 pixels, then the directory: its length, nine entries, and that there is no other one.
            let directory = 8 + 64
            #expect(bytes.starts(with: [0x49, 0x49, 42, 0, UInt8(directory), 0, 0, 0]))
            #expect(bytes.count == directory + 2 + 108 + 4)
        }
    }

    @Test func `A flight of so many images is collected while it goes on`() async throws {
        let camera = camera
        let plan = Plan("fly") { context in
            _ = try await context.withStaged([camera]) {
                try await context.withRun {
                    try await context.prepare(camera, 5, wait: true)
                    try await context.declareStream([camera], name: "flight", collect: true)
                    try await context.kickoff(camera, wait: true)
                    try await context.collectWhileCompleting([camera], [camera], stream: "flight", flushPeriod: 0.002)
                }
            }
        }
        let documents = try await run(plan)
        #expect(documents.stops.first?.numEvents["flight"] == 5)
        #expect(documents.streamPieces.last?.indices.upperBound == 5)
        #expect(documents.streamPieces.last?.seqNums.upperBound == 6)
        #expect(resources(documents).count == 1)
    }

    @Test func `A flight without a number ends when it is completed`() async throws {
        let camera = camera
        let plan = Plan("fly") { context in
            _ = try await context.withRun {
                try await context.declareStream([camera], name: "flight", collect: true)
                try await context.kickoff(camera, wait: true)
                while try await camera.streamIndex() < 2 { try await context.sleep(0.001) }
                try await context.complete(camera, group: "done", wait: true)
                try await context.collect(camera, stream: "flight")
            }
        }
        let documents = try await run(plan)
        #expect((documents.stops.first?.numEvents["flight"] ?? 0) >= 2)
    }

    @Test func `An image of a point that is taken again is left out`() async throws {
        let camera = camera
        let (pauses, pause) = AsyncStream.makeStream(of: Void.self)
        var configuration = EngineConfiguration()
        configuration.onStateChange = { new, _ in if new == .paused { pause.yield() } }
        let engine = RunEngine(configuration: configuration)
        let documents = DocumentCollector()
        let resuming = Task {
            for await _ in pauses { try engine.resume() }
        }
        let outcome = try await engine.run(
            Plan("point") { context in
                _ = try await context.withRun {
                    try await context.checkpoint()
                    try await context.trigger(camera, wait: true)
                    try await context.pause()
                    try await context.create()
                    try await context.read(camera)
                    try await context.save()
                }
            },
            sinks: [documents]
        )
        pause.finish()
        try await resuming.value
        #expect(outcome.exitStatus == .success)
        #expect(documents.streamPieces.map(\.indices) == [1..<2])
        #expect(documents.streamPieces.map(\.seqNums) == [1..<2])
    }

    @Test func `What it cannot do is said`() async throws {
        await #expect(throws: DeviceError.self) { try await camera.prepare(0) }
        await #expect(throws: DeviceError.self) { try await camera.complete() }
        _ = try await camera.stage()
        await #expect(throws: DeviceError.self) { try await camera.stage() }
        _ = try await camera.unstage()
        let astray = SimulatedAreaDetector("astray", width: 2, height: 2, exposureTime: 0, directory: "/nowhere")
        await #expect(throws: DeviceError.self) { try await astray.trigger().wait() }
    }
}

private func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
}
