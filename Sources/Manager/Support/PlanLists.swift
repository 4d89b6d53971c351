import Logging
import PlanCatalog
import Wire

struct PlanLists: Sendable {
    var permissions: JSONObject = [:]
    var existingPlans: [UInt8] = []
    var existingDevices: [UInt8] = []
    init(startupDirectory: String, log: Logger) throws {}
    func group(_ value: JSONValue) throws(Refusal) -> String { value.pythonString }
    func validate(_ item: JSONObject, group: String) throws(Refusal) {}
    func allowedPlans(for group: String) -> [UInt8] { existingPlans }
    func allowedDevices(for group: String) -> [UInt8] { existingDevices }
    mutating func update(plans: JSONObject, devices: JSONObject) -> (plans: Bool, devices: Bool) { (true, true) }
}
