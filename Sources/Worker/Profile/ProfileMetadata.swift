internal import Glibc
internal import Installation
internal import PlanCatalog
internal import Wire
internal import YAML

extension ProfileLocation {
    /// The metadata of every run of the profile: those that it sets, and the version of this software. They count more
    /// than those kept from former environments.
    ///
    /// - Throws: An error that says what is wrong with the file.
    func runMetadata() throws -> JSONObject {
        let versions: JSONObject = ["versions": ["run_engine_manager": .string(Installation.version)]]
        guard access(metadataFile, F_OK) == 0 else { return versions }
        let content = try JSONValue(yamlFile: metadataFile)
        guard let metadata = content.object ?? (content.isNull ? [:] : nil) else {
            throw ProfileError(metadataFile, "the file must hold values by name")
        }
        return versions.merging(metadata)
    }
}
