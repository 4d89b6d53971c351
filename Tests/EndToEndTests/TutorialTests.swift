import Testing

/// The tutorials of bluesky-queueserver's documentation, typed as they are written: with its `qserver` and with ours,
/// with its simulated startup code in the Python worker, and with a manager that is started without options.
@Suite(
    .serialized,
    .timeLimit(.minutes(15)),
    .enabled("the Python packages can be installed") { await PythonEnvironment.shared.isAvailable() }
)
struct TutorialTests {
    @Test(arguments: [
        "starting_queue_server", "opening_closing_re_worker_environment", "adding_queue_items",
        "starting_stopping_queue", "interacting_with_run_engine", "immediate_execution_of_plans",
        "executing_functions", "uploading_scripts", "queue_autostart_mode", "start_queue_server_ipython",
        "locking_re_manager", "changing_user_group_permissions", "running_custom_startup_code",
        "manual_gen_list_of_plans_devices", "remote_monitoring",
    ])
    func `the tutorial works with startup code in Python and the Python qserver`(tutorial: String) async throws {
        try await run(tutorial, qserver: PythonEnvironment.program("qserver"), usesPython: true)
    }

    @Test(arguments: ["interacting_with_run_engine", "executing_functions", "uploading_scripts"])
    func `the tutorial works with startup code in Python and qserver`(tutorial: String) async throws {
        try await run(tutorial, qserver: program("qserver"), usesPython: true)
    }

    /// Only what is about Python files is not for it.
    @Test(arguments: [
        "starting_queue_server", "opening_closing_re_worker_environment", "adding_queue_items",
        "starting_stopping_queue", "interacting_with_run_engine", "immediate_execution_of_plans",
        "executing_functions", "queue_autostart_mode", "start_queue_server_ipython", "locking_re_manager",
        "changing_user_group_permissions", "remote_monitoring",
    ])
    func `the tutorial works with a manager without options and qserver`(tutorial: String) async throws {
        try await run(tutorial, qserver: program("qserver"), usesPython: false)
    }

    private func run(_ tutorial: String, qserver: String, usesPython: Bool) async throws {
        let startup = usesPython ? try await PythonEnvironment.shared.referenceProfile : ""
        let result = try await PythonEnvironment.shared.run(
            "tutorials.py",
            [program("start-re-manager"), qserver, startup, tutorial]
        )
        #expect(result.isSuccess, "\(result.output)")
    }
}
