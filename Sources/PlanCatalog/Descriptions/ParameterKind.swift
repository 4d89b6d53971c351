/// How an argument reaches a parameter: the kinds of Python's `inspect.Parameter`, with their numbers.
public enum ParameterKind: Int, Sendable, Hashable, CaseIterable {
    /// By position only.
    case positionalOnly = 0
    /// By position or by name.
    case positionalOrKeyword = 1
    /// Takes all further positional arguments (`*args`).
    case varPositional = 2
    /// By name only.
    case keywordOnly = 3
    /// Takes all further named arguments (`**kwargs`).
    case varKeyword = 4

    /// The name in the lists, for example `POSITIONAL_OR_KEYWORD`.
    public var name: String {
        switch self {
        case .positionalOnly: "POSITIONAL_ONLY"
        case .positionalOrKeyword: "POSITIONAL_OR_KEYWORD"
        case .varPositional: "VAR_POSITIONAL"
        case .keywordOnly: "KEYWORD_ONLY"
        case .varKeyword: "VAR_KEYWORD"
        }
    }
}
