import Subprocess
import SystemPackage
import Testing

/// Programs that are started often must start quickly, so they do without the large parts of Foundation.
@Suite struct LinkingTests {
    @Test(arguments: ["qserver", "qserver-console-monitor", "qserver-console"])
    func `a program that is started often links nothing large`(name: String) async throws {
        let result = try await Subprocess.run(
            .name("ldd"),
            arguments: [program(name)],
            output: .string(limit: 1 << 16)
        )
        #expect(result.standardOutput.contains("libswiftCore.so"))
        #expect(!result.standardOutput.contains("libFoundation.so"))
        #expect(!result.standardOutput.contains("FoundationICU"))
    }
}
