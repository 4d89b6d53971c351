/// Why options of bluesky-queueserver are ignored or refused, for command lines and configurations alike.
public enum ForeignOption {
    /// Options of an IPython kernel.
    public static let iPython = "it concerns IPython only, and the worker here is no IPython kernel"
    /// An IPython kernel is asked for.
    public static let iPythonKernel = "the worker here is no IPython kernel; leave it out or turn it off"
    /// Whether the run engine of the startup code is kept.
    public static let keepEngine =
        "it is out of use in the original too; a Python worker always uses the run engine of the startup code"
    /// Whether plans that cannot be described are left out.
    public static let invalidPlans =
        "it concerns startup code in Python; the plans of this profile come from its plans.yaml, where each must be right"
}
