import Glibc

/// Files that only this user may read.
enum PrivateFile {
    /// Makes the file if it is missing, and takes it from others if they could read it. SQLite gives the files that it
    /// makes beside it the same mode. What cannot be done is left to whoever opens the file.
    static func prepare(_ path: String) {
        // A file that is there already is not opened: closing it would release the locks that this process has on it.
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        for path in [path, path + "-wal", path + "-shm"] { chmod(path, 0o600) }
    }
}
