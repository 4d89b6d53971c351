import Worker

/// The worker's process. It is started by `start-re-manager`.
@main
struct REWorker {
    static func main() { WorkerProgram.main() }
}
