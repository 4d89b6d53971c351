/// How a run ended, in its stop document.
public enum ExitStatus: String, Sendable, Hashable, CaseIterable {
    case success
    case abort
    case fail
}
