extension PlanDefinition {
    /// All plans that come with the worker.
    static let builtin =
        countingPlans + scanningPlans + gridPlans + spiralPlans + searchingPlans + flyingPlans + movingPlans
        + demonstrationPlans
}
