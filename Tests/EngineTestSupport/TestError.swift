/// An error that a test throws.
package struct TestError: Error, Equatable, CustomStringConvertible {
    package init() {}
    package var description: String { "something broke" }
}
