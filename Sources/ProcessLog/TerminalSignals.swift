internal import Glibc

/// Signals that a terminal sends to every process that was started from it.
public enum TerminalSignals {
    /// Ignores them, in a process whose supervisor decides what they mean: Ctrl-C, Ctrl-Z, the end of the terminal, and
    /// output to a terminal that belongs to another program at the moment.
    public static func ignore() {
        for number in [SIGINT, SIGHUP, SIGTSTP, SIGTTIN, SIGTTOU] { signal(number, SIG_IGN) }
    }
}
