internal import CLinux
internal import Glibc

/// The socket file of an `ipc://` address.
enum UNIXEndpoint {
    /// Longest path of a UNIX socket, in bytes.
    private static let pathLimit = 107

    /// Makes the folders that are missing, which only this user can enter, and sees that nobody listens there: libzmq
    /// would take the address from him. Other kinds of address are left alone.
    ///
    /// - Throws: ``EndpointError`` with the path and what is wrong with it.
    static func prepare(_ address: String) throws(EndpointError) {
        let scheme = "ipc://"
        guard address.hasPrefix(scheme), !address.hasPrefix(scheme + "@"), !address.hasPrefix(scheme + "*") else {
            return
        }
        let path = String(address.dropFirst(scheme.count))
        guard path.utf8.count <= pathLimit else {
            throw EndpointError("The path of '\(address)' has \(path.utf8.count) bytes; \(pathLimit) are possible.")
        }
        try makeFolders(of: path)
        guard !isInUse(path) else { throw EndpointError("bind to \(address): Address already in use") }
    }

    private static func makeFolders(of path: String) throws(EndpointError) {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += part + "/"
            if mkdir(folder, 0o700) != 0, errno != EEXIST {
                throw EndpointError("Cannot make the folder '\(folder)': \(String(cString: strerror(errno)))")
            }
        }
    }

    private static func isInUse(_ path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}

/// Why an address cannot be listened at.
struct EndpointError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
