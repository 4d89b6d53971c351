/// An expression as instructions for ``ExpressionMatcher``.
struct ExpressionProgram: Sendable {
    enum Instruction: Sendable {
        case one(ScalarSet)
        case position(ExpressionPosition)
        /// Go on at the first place; if that fails, at the second.
        case split(Int, Int)
        case jump(Int)
        /// Put the place in the text into a slot.
        case save(Int)
        /// Go back to `target`, unless nothing was matched since the slot was saved.
        case again(slot: Int, target: Int)
        case reference(group: Int, ignoresCase: Bool)
        /// Run the instructions that follow, up to `accept`, on their own; then go on at `next`.
        case look(behind: Int?, isNegated: Bool, next: Int)
        case atomic(next: Int)
        case condition(group: Int, otherwise: Int)
        case accept
    }

    var instructions: [Instruction]
    var slotCount: Int
}

/// Turns the tree of an expression into instructions.
struct ExpressionCompiler {
    static let maximumSize = 20_000

    private var instructions: [ExpressionProgram.Instruction] = []
    private var slotCount: Int

    /// Two slots for the place of each group; loops get further ones.
    init(groups: Int) { slotCount = 2 * groups }

    mutating func program(for syntax: ExpressionSyntax) throws(CatalogError) -> ExpressionProgram {
        try emit(syntax)
        try append(.accept)
        return ExpressionProgram(instructions: instructions, slotCount: slotCount)
    }

    private mutating func emit(_ syntax: ExpressionSyntax) throws(CatalogError) {
        switch syntax {
        case .empty: break
        case .one(let set): try append(.one(set))
        case .position(let position): try append(.position(position))
        case .sequence(let parts): for part in parts { try emit(part) }
        case .alternatives(let parts): try emit(alternatives: parts)
        case .group(let content, let number):
            try append(.save(2 * number))
            try emit(content)
            try append(.save(2 * number + 1))
        case .reference(let number, let ignoresCase):
            try append(.reference(group: number, ignoresCase: ignoresCase))
        case .look(let content, let behind, let isNegated):
            try emit(alone: content) { .look(behind: behind, isNegated: isNegated, next: $0) }
        case .atomic(let content): try emit(alone: content) { .atomic(next: $0) }
        case .condition(let group, let content, let otherwise):
            let start = try append(.accept)
            try emit(content)
            let end = try append(.accept)
            instructions[start] = .condition(group: group, otherwise: instructions.count)
            try emit(otherwise)
            instructions[end] = .jump(instructions.count)
        case .repeated(let content, let least, let most, let order):
            if order == .possessive {
                try emit(.atomic(.repeated(content, least: least, most: most, .greedy)))
            } else {
                try emit(repeated: content, least, most, isGreedy: order == .greedy)
            }
        }
    }

    private mutating func emit(alternatives parts: [ExpressionSyntax]) throws(CatalogError) {
        var ends: [Int] = []
        for (index, part) in parts.enumerated() {
            guard index < parts.count - 1 else {
                try emit(part)
                break
            }
            let split = try append(.accept)
            try emit(part)
            ends.append(try append(.accept))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func emit(
        repeated content: ExpressionSyntax,
        _ least: Int,
        _ most: Int?,
        isGreedy: Bool
    ) throws(CatalogError) {
        for _ in 0..<least { try emit(content) }
        var splits: [Int] = []
        if let most {
            for _ in least..<max(least, most) {
                splits.append(try append(.accept))
                try emit(content)
            }
        } else {
            let slot = slotCount
            slotCount += 1
            splits.append(try append(.accept))
            try append(.save(slot))
            try emit(content)
            try append(.again(slot: slot, target: splits[0]))
        }
        let end = instructions.count
        for split in splits { instructions[split] = isGreedy ? .split(split + 1, end) : .split(end, split + 1) }
    }

    private mutating func emit(
        alone content: ExpressionSyntax,
        _ instruction: (Int) -> ExpressionProgram.Instruction
    ) throws(CatalogError) {
        let start = try append(.accept)
        try emit(content)
        try append(.accept)
        instructions[start] = instruction(instructions.count)
    }

    @discardableResult
    private mutating func append(_ instruction: ExpressionProgram.Instruction) throws(CatalogError) -> Int {
        guard instructions.count < Self.maximumSize else {
            throw CatalogError("the regular expression is too large: its repetitions add up to too many steps")
        }
        instructions.append(instruction)
        return instructions.count - 1
    }
}
