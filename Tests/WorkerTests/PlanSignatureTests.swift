import Glibc
import PlanCatalog
import Testing
import Wire

@testable import Worker

/// The plans of bluesky, with their second names, are all there and take the same arguments.
struct PlanSignatureTests {
    private static var signatures: JSONObject {
        get throws {
            let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
            let path = "/\(folder)/PlansTests/Resources/golden_building_blocks.json"
            let file = try #require(fopen(path, "r"))
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 1 << 20)
            let count = fread(&bytes, 1, bytes.count, file)
            return try #require(try JSONValue(parsing: Array(bytes.prefix(count)))["plans"]?.object)
        }
    }

    @Test func `No plan is missing, and each has bluesky's parameters`() throws {
        let plans = Dictionary(uniqueKeysWithValues: PlanDefinition.builtin.map { ($0.description.name, $0) })
        for (name, signature) in try Self.signatures {
            let plan = try #require(plans[name], "\(name) is missing")
            let parameters = plan.description.parameters.map { parameter -> JSONValue in
                [.string(parameter.name), .string(parameter.kind.name), JSONValue(parameter.defaultValue)]
            }
            #expect(.array(parameters) == signature, "\(name)")
        }
    }
}
