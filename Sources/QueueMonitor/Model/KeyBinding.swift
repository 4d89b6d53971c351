internal import TerminalKit

/// What a key asks for.
enum KeyAction: Sendable, Hashable {
    case openEnvironment, closeEnvironment, destroyEnvironment
    case startQueue, stopQueue, toggleLoop, toggleAutostart
    case pause, pauseNow, resume, stop, abort, halt
    case moveUp, moveDown, moveToFront, moveToBack, remove, release, addCopy
    case lineUp, lineDown, pageUp, pageDown, first, last
    case nextPane, previousPane, zoom, details, help, redraw, quit
}

/// Keys, what they ask for, and how the help describes them.
struct KeyBinding: Sendable {
    let keys: [Key]
    /// The keys for a reader.
    let label: String
    let action: KeyAction
    /// What it does, in the help; empty if it is told together with the one before.
    let meaning: String
    /// One word for the line of hints at the bottom.
    let hint: String

    init(_ keys: [Key], _ label: String, _ action: KeyAction, _ meaning: String = "", hint: String = "") {
        self.keys = keys
        self.label = label
        self.action = action
        self.meaning = meaning
        self.hint = hint
    }

    /// All bindings, in groups as the help shows them.
    static let groups: [(title: String, bindings: [KeyBinding])] = [
        (
            "The plan",
            [
                KeyBinding([.character("p")], "p", .pause, "pause at the next checkpoint", hint: "pause"),
                KeyBinding([.character("P")], "P", .pauseNow, "pause now", hint: "pause now"),
                KeyBinding([.character("r")], "r", .resume, "resume", hint: "resume"),
                KeyBinding([.character("t")], "t", .stop, "stop a paused plan: it is done", hint: "stop"),
                KeyBinding([.character("a")], "a", .abort, "abort it: back to the queue", hint: "abort"),
                KeyBinding([.character("H")], "H", .halt, "halt it, without clean-up", hint: "halt"),
            ]
        ),
        (
            "The queue",
            [
                KeyBinding([.character("s")], "s", .startQueue, "start the queue", hint: "start"),
                KeyBinding(
                    [.character("x")],
                    "x",
                    .stopQueue,
                    "stop it after this item, or not",
                    hint: "stop after this"
                ),
                KeyBinding([.character("u")], "u l", .toggleAutostart, "autostart, loop: on or off"),
                KeyBinding([.character("l")], "l", .toggleLoop),
            ]
        ),
        (
            "The selected item",
            [
                KeyBinding([.enter], "Enter", .details, "show all of it"),
                KeyBinding([.shiftUp, .character("K")], "K J", .moveUp, "move up, down (or Shift-↑ ↓)"),
                KeyBinding([.shiftDown, .character("J")], "J", .moveDown),
                KeyBinding([.character("<")], "< >", .moveToFront, "move to the front, the back"),
                KeyBinding([.character(">")], ">", .moveToBack),
                KeyBinding([.character("d"), .delete], "d R", .remove, "remove (or Del), release"),
                KeyBinding([.character("R")], "R", .release),
                KeyBinding([.character("+")], "+", .addCopy, "add a copy to the queue"),
            ]
        ),
        (
            "The environment",
            [
                KeyBinding([.character("o")], "o", .openEnvironment, "open", hint: "open environment"),
                KeyBinding([.character("c")], "c", .closeEnvironment, "close", hint: "close environment"),
                KeyBinding([.character("D")], "D", .destroyEnvironment, "destroy"),
            ]
        ),
        (
            "The screen",
            [
                KeyBinding([.tab], "Tab", .nextPane, "next pane; Shift: back", hint: "next pane"),
                KeyBinding([.backTab], "Shift-Tab", .previousPane),
                KeyBinding([.character("z")], "z", .zoom, "one pane only, or all"),
                KeyBinding([.up, .character("k")], "↑ ↓ k j", .lineUp, "up, down"),
                KeyBinding([.down, .character("j")], "↓", .lineDown),
                KeyBinding([.pageUp, .control("b")], "PgUp PgDn", .pageUp, "a page up, down"),
                KeyBinding([.pageDown, .control("f"), .character(" ")], "PgDn", .pageDown),
                KeyBinding([.home, .character("g")], "Home End", .first, "to the ends (or g G)"),
                KeyBinding([.end, .character("G")], "End", .last),
                KeyBinding([.control("l")], "Ctrl-L", .redraw, "draw the screen anew"),
                KeyBinding([.character("?")], "?", .help, "this page", hint: "help"),
                KeyBinding([.character("q")], "q", .quit, "leave (or Ctrl-C)", hint: "leave"),
            ]
        ),
    ]

    private static let actions: [Key: KeyAction] = Dictionary(
        uniqueKeysWithValues: groups.flatMap(\.bindings).flatMap { binding in binding.keys.map { ($0, binding.action) }
        }
    )

    /// What a key asks for; nil if it asks for nothing.
    static func action(of key: Key) -> KeyAction? { actions[key] }

    /// The binding of an action.
    static func of(_ action: KeyAction) -> KeyBinding? {
        groups.lazy.flatMap(\.bindings).first { $0.action == action }
    }
}
