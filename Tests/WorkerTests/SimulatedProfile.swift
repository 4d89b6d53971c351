@testable import Worker

/// The simulated profile of this package.
let simulatedProfile = ProfileLocation(
    directory: #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        + "/profiles/sim"
)
