import CFuzzer
import Glibc

/// Feeds a decoder with whatever libFuzzer thinks of: `Fuzz <target> [<options of libFuzzer>] [<folder of inputs>]`.
@main
enum Fuzz {
    static func main() {
        let words = CommandLine.arguments
        guard words.count > 1, let target = FuzzTarget.all[words[1]] else {
            print(
                "Fuzz <target> …, where the target is one of: " + FuzzTarget.all.keys.sorted().joined(separator: ", ")
            )
            exit(64)
        }
        currentTarget = target
        let rest = [words[0]] + words.dropFirst(2)
        var arguments: [UnsafeMutablePointer<CChar>?] = rest.map { strdup($0) } + [nil]
        var count = Int32(rest.count)
        let status = arguments.withUnsafeMutableBufferPointer { buffer in
            var pointer = buffer.baseAddress
            return LLVMFuzzerRunDriver(&count, &pointer, fuzzOne)
        }
        exit(status)
    }
}

/// A decoder that is fed. It traps if what it decodes is not what it says it is.
typealias FuzzBody = @Sendable ([UInt8]) -> Void

// Set once, before libFuzzer calls back on the same thread; a C function cannot capture it.
private nonisolated(unsafe) var currentTarget: FuzzBody = { _ in }

private func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    currentTarget([UInt8](UnsafeBufferPointer(start: bytes, count: size)))
    return 0
}
