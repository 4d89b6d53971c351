internal import PlanCatalog

extension PlanDefinition {
    /// All plans that come with the worker.
    static let builtin =
        plans
        + secondNames.compactMap { second, first in
            plans.first { $0.description.name == first }?.named(second)
        }

    private static let plans =
        countingPlans + scanningPlans + gridPlans + spiralPlans + searchingPlans + flyingPlans + movingPlans
        + demonstrationPlans

    /// Names of former times, under which older items call the same plans.
    private static let secondNames = [
        ("relative_scan", "rel_scan"), ("relative_list_scan", "rel_list_scan"), ("relative_log_scan", "rel_log_scan"),
        ("relative_adaptive_scan", "rel_adaptive_scan"), ("relative_spiral", "rel_spiral"),
        ("relative_spiral_fermat", "rel_spiral_fermat"), ("outer_product_scan", "grid_scan"),
        ("relative_outer_product_scan", "rel_grid_scan"), ("mov", "mv"), ("movr", "mvr"),
    ]

    private func named(_ name: String) -> PlanDefinition {
        var definition = self
        definition.description.name = name
        return definition
    }
}
