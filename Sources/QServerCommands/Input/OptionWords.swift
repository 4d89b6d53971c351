public import ArgumentParser
public import QueueClient

extension PauseOption: ExpressibleByArgument {}

extension RunSelection: ExpressibleByArgument {}

/// The only word that is left of the command line.
///
/// - Throws: ``CommandFailure`` if there is none or more than one.
func onlyWord(_ words: ArraySlice<String>, _ what: String) throws -> String {
    guard let word = words.first else { throw CommandFailure.parameters("the \(what) is missing") }
    guard words.count == 1 else {
        throw CommandFailure.parameters(
            "expected one \(what), optionally after a position (front, back, a number, before <uid>, after <uid>); "
                + "got \(words.count) words: \(words.joined(separator: " "))"
        )
    }
    return word
}
