/// A key, or a combination of keys, as terminals report it.
package enum Key: Sendable, Hashable {
    case character(Character)
    /// A letter together with Ctrl.
    case control(Character)
    case up, down, left, right
    case shiftUp, shiftDown
    case pageUp, pageDown, home, end
    case insert, delete, backspace
    case tab, backTab, enter, escape
    /// Anything else.
    case other
}
