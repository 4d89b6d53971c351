/// Runs an expression over a text. It goes back by an explicit stack and counts its steps, so that no expression can
/// exhaust the call stack or the time.
struct ExpressionMatcher {
    private enum Choice {
        case branch(instruction: Int, position: Int)
        case restore(slot: Int, value: Int)
    }

    private let program: ExpressionProgram
    private let text: [UInt32]
    private var slots: [Int]
    private var choices: [Choice] = []
    private var steps = 0

    init(program: ExpressionProgram, text: [UInt32]) {
        self.program = program
        self.text = text
        slots = Array(repeating: -1, count: program.slotCount)
    }

    mutating func search(pattern: String) throws(CatalogError) -> Bool {
        for start in 0...text.count {
            let end = run(from: 0, at: start)
            if steps > RegularExpression.maximumSteps {
                throw CatalogError("the regular expression '\(shortened(pattern))' takes too long; make it simpler")
            }
            if end != nil { return true }
        }
        return false
    }

    /// Runs up to `accept` and returns the place reached, or nil if there is no way or no time.
    private mutating func run(from start: Int, at startPosition: Int) -> Int? {
        let base = choices.count
        var instruction = start
        var position = startPosition
        while true {
            steps += 1
            if steps > RegularExpression.maximumSteps { return nil }
            var isMatched = true
            switch program.instructions[instruction] {
            case .accept:
                keepRestores(above: base)
                return position
            case .one(let set):
                isMatched = position < text.count && set.contains(text[position])
                position += 1
                instruction += 1
            case .position(let place):
                isMatched = holds(place, at: position)
                instruction += 1
            case .split(let first, let second):
                choices.append(.branch(instruction: second, position: position))
                instruction = first
            case .jump(let target): instruction = target
            case .save(let slot):
                set(slot, to: position)
                instruction += 1
            case .again(let slot, let target): instruction = slots[slot] == position ? instruction + 1 : target
            case .reference(let group, let ignoresCase):
                let end = self.end(ofReferenceTo: group, ignoresCase: ignoresCase, at: position)
                isMatched = end != nil
                position = end ?? position
                instruction += 1
            case .look(let behind, let isNegated, let next):
                isMatched = look(at: instruction + 1, behind: behind, isNegated: isNegated, from: position)
                instruction = next
            case .atomic(let next):
                let end = run(from: instruction + 1, at: position)
                isMatched = end != nil
                position = end ?? position
                instruction = next
            case .condition(let group, let otherwise):
                instruction = slots[2 * group + 1] >= 0 ? instruction + 1 : otherwise
            }
            if !isMatched {
                guard let branch = goBack(to: base) else { return nil }
                (instruction, position) = branch
            }
        }
    }

    private mutating func look(at instruction: Int, behind: Int?, isNegated: Bool, from position: Int) -> Bool {
        let start = position - (behind ?? 0)
        guard start >= 0 else { return isNegated }
        let base = choices.count
        let isFound = run(from: instruction, at: start) != nil
        if isNegated { _ = goBack(to: base) }
        return isFound != isNegated
    }

    // MARK: Going back

    private mutating func set(_ slot: Int, to position: Int) {
        choices.append(.restore(slot: slot, value: slots[slot]))
        slots[slot] = position
    }

    /// Takes back what was done since the last choice above `base`, and returns its other way.
    private mutating func goBack(to base: Int) -> (Int, Int)? {
        while choices.count > base, let choice = choices.popLast() {
            switch choice {
            case .branch(let instruction, let position): return (instruction, position)
            case .restore(let slot, let value): slots[slot] = value
            }
        }
        return nil
    }

    /// Forgets the other ways, but not how to restore the slots.
    private mutating func keepRestores(above base: Int) {
        guard choices.count > base else { return }
        var kept = base
        for index in base..<choices.count {
            if case .restore = choices[index] {
                choices[kept] = choices[index]
                kept += 1
            }
        }
        choices.removeLast(choices.count - kept)
    }

    // MARK: Conditions

    private func holds(_ place: ExpressionPosition, at position: Int) -> Bool {
        switch place {
        case .start: position == 0
        case .end: position == text.count
        case .endBeforeNewline: position == text.count || (position == text.count - 1 && text[position] == 0x0A)
        case .lineStart: position == 0 || text[position - 1] == 0x0A
        case .lineEnd: position == text.count || text[position] == 0x0A
        case .wordBoundary(let isASCII): isBoundary(position, isASCII)
        case .noWordBoundary(let isASCII): !text.isEmpty && !isBoundary(position, isASCII)
        }
    }

    private func isBoundary(_ position: Int, _ isASCII: Bool) -> Bool {
        let isBefore = position > 0 && ScalarSet.isWord(text[position - 1], isASCII)
        let isAfter = position < text.count && ScalarSet.isWord(text[position], isASCII)
        return isBefore != isAfter
    }

    private func end(ofReferenceTo group: Int, ignoresCase: Bool, at position: Int) -> Int? {
        let (start, end) = (slots[2 * group], slots[2 * group + 1])
        guard start >= 0, end >= start, position + (end - start) <= text.count else { return nil }
        for offset in 0..<(end - start) {
            let (left, right) = (text[start + offset], text[position + offset])
            let isEqual = left == right || (ignoresCase && ScalarSet.otherCases(of: left).contains(right))
            if !isEqual { return nil }
        }
        return position + (end - start)
    }
}
