/// Why options of bluesky-queueserver are ignored or refused, for command lines and configurations alike.
public enum ForeignOption {
    /// Options of an IPython kernel.
    public static let iPython = "it concerns IPython only, and the worker here is no IPython kernel"
    /// An IPython kernel is asked for.
    public static let iPythonKernel = "the worker here is no IPython kernel; leave it out or turn it off"
    /// Whether the run engine of the startup code is kept.
    public static let keepEngine = "it is out of use in the original too; the worker always makes its own run engine"
    /// Whether plans that cannot be described are left out.
    public static let invalidPlans = "plans come from the profile's plans.yaml, where each must be right"
    /// How deep the lists of devices go.
    public static let deviceDepth = "the lists of devices come from the profile and are not cut"
    /// Startup code in Python.
    public static let startupCode =
        "it names startup code in Python, which needs a Python worker; name the folder of a profile as the startup directory"
    /// The store.
    public static let redis = "the queue and the history are kept in the state directory (--state-dir), not in Redis"
}
