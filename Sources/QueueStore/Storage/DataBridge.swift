// GRDB's blobs are Foundation's Data; no other file of the project needs it.
internal import Foundation

extension [UInt8] {
    var asData: Data { Data(self) }
}
