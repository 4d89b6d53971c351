import Glibc
import QueueClient
import Subprocess
import Testing
import Wire

/// What startup code in Python may do, and what a user sees of code that does something else.
@Suite(
    .serialized,
    .timeLimit(.minutes(10)),
    .enabled("the Python packages can be installed") { await PythonEnvironment.shared.isAvailable() }
)
struct PythonStartupTests {
    @Test(arguments: [
        (
            "def broken():\n    raise RuntimeError('no beam today')\nbroken()",
            ["RuntimeError: no beam", "00-start.py\", line"]
        ),
        ("import no_such_package", ["No module named 'no_such_package'", "00-start.py\", line"]),
        ("name = input('Your name? ')", ["Your name? ", "there is no keyboard here"]),
        ("import sys; sys.exit()", ["the code has called sys.exit()"]),
        ("import os; os._exit(3)", ["The worker has ended unexpectedly: it exited with code 3"]),
    ])
    func `startup code that fails leaves the reason in the console and the environment closed`(
        code: String,
        shown: [String]
    ) async throws {
        let profile = try PythonProfile(code)
        try await profile.run { manager async throws in
            try await manager.client.environmentOpen()
            for text in shown { try await manager.waitForConsole(text) }
            try await manager.client.waitForEnvironmentClosed()
            #expect(try await manager.client.status().raw["manager_state"] == "idle")
        }
    }

    @Test func `startup code may print a megabyte`() async throws {
        let profile = try PythonProfile("for _ in range(10_000):\n    print('x' * 100)\nprint('that was all')")
        try await profile.run { manager async throws in
            try await manager.openEnvironment()
            try await manager.waitForConsole("that was all")
        }
    }

    @Test func `startup code may start threads, programs and event loops, and leave its folder`() async throws {
        let profile = try PythonProfile(
            """
            import asyncio, os, subprocess, threading, time
            def watch():
                while True:
                    time.sleep(0.1)
            threading.Thread(target=watch).start()
            program = subprocess.Popen(["sleep", "1000"], start_new_session=True)
            def pid_of_program():
                return program.pid
            os.chdir("/")
            async def soon():
                await asyncio.sleep(0)
            asyncio.run(soon())
            class Offline:
                def __getattr__(self, name):
                    raise ConnectionError("no server")
            offline = Offline()
            """
        )
        try await profile.run { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let item: JSONValue = ["item_type": "function", "name": "pid_of_program"]
            let task = try await client.request(
                "function_execute",
                ["item": item, "user": "u", "user_group": "primary"]
            )
            let pid = Int32(try #require(try await manager.taskResult(task)["return_value"]?.integer))
            try await client.waitForIdle()
            #expect(TestManager.isRunning(pid))
            try await client.queueItemAdd(.plan("count", [["det"]]))
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["items_in_history"] == 1 && $0.isIdle }
            #expect(try await client.historyGet().last?.raw["result"]?["exit_status"] == "completed")
            try await client.environmentClose()
            try await client.waitForEnvironmentClosed()
            try await TestManager.waitForEnd(of: pid)
        }
    }

    @Test(arguments: ["script", "module", "profile"])
    func `a script, a module and an IPython profile hold startup code as a folder does`(place: String) async throws {
        let profile = try PythonProfile("def own(): yield from bps.null()", place: place)
        try await TestManager.run(
            state: TemporaryFolder(),
            options: profile.options,
            variables: ["PYTHONPATH": profile.path]
        ) { manager async throws in
            try await manager.openEnvironment()
            let plans = try await manager.client.request("plans_allowed", ["user_group": "primary"])["plans_allowed"]
            #expect(plans?["own"] != nil)
        }
    }

    @Test func `a plan that cannot be described is left out, unless that is not wanted`() async throws {
        let profile = try PythonProfile("def unclear(detector=det): yield from bps.null()")
        try await profile.run { manager async throws in
            try await manager.openEnvironment()
            try await manager.waitForConsole("PLAN WAS IGNORED: Failed to create description of plan 'unclear'")
            let plans = try await manager.client.request("plans_allowed", ["user_group": "primary"])["plans_allowed"]
            #expect(plans?["count"] != nil)
            #expect(plans?["unclear"] == nil)
        }
        try await profile.run(options: ["--ignore-invalid-plans", "OFF"]) { manager async throws in
            try await manager.client.environmentOpen()
            try await manager.waitForConsole("default value of parameter 'detector'")
            try await manager.client.waitForEnvironmentClosed()
        }
    }

    @Test func `an interpreter without pyzmq is named when the environment is opened`() async throws {
        let folder = try TemporaryFolder()
        let bare = folder.path + "/bare"
        try #require(await PythonEnvironment.makeEmpty(bare))
        let profile = try PythonProfile()
        try await profile.run(options: ["--python", bare + "/bin/python"]) { manager async throws in
            try await manager.client.environmentOpen()
            try await manager.waitForConsole("\(bare)/bin/python has no package 'pyzmq'")
            try await manager.client.waitForEnvironmentClosed()
        }
    }

    @Test func `the list of startup code that fails is not written, and the traceback is shown`() async throws {
        let profile = try PythonProfile("print('on the way')\nraise RuntimeError('no beam today')")
        let options = profile.options + ["--file-dir", profile.path]
        let result = try await runProgram("qserver-list-plans-devices", options)
        #expect(result.status == .exited(1))
        for text in ["on the way", "00-start.py\", line", "RuntimeError: no beam today", "nothing was written"] {
            #expect(result.error.contains(text), "\(result.error)")
        }
        #expect(access(profile.path + "/existing_plans_and_devices.yaml", F_OK) != 0)
    }
}
