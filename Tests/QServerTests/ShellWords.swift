/// The words of a command line as a shell splits it; quotes of both kinds, no escapes.
func shellWords(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
        switch character {
        case _ where character == quote: quote = nil
        case "'" where quote == nil, "\"" where quote == nil:
            quote = character
            word = word ?? ""
        case " " where quote == nil:
            if let finished = word { words.append(finished) }
            word = nil
        default: word = (word ?? "") + String(character)
        }
    }
    return words + [word].compactMap { $0 }
}
