"""The worker's process on the worker link, with a manager that is made for these tests."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

import zmq
from support import PYTHON

LIMIT = 60.0
START = """
    import os, signal, sys, threading, time
    from bluesky import RunEngine
    import bluesky.plan_stubs as bps
    from bluesky.plans import count
    from ophyd.sim import det
    RE = RunEngine({"beamline": "sim"})
"""


class Manager:
    """The manager's end of the link."""

    def __init__(self, endpoint, supervisor=None):
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.connect(endpoint)
        self.messages = []
        self.commands = 0
        self.socket.send_json({"type": "hello", "version": 1, "supervisor": supervisor or os.getpid()})
        self.state = self.wait("welcome")

    def close(self):
        self.socket.close()

    def wait(self, type_, where=lambda message: True):
        """The next message of a type that is wanted; those before it are kept in ``messages``."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if not self.socket.poll(int(LIMIT * 1000)):
                break
            message = self.socket.recv_json()
            self.messages.append(message)
            if message["type"] == "state":
                self.state = message
            if message["type"] == "report":
                self.socket.send_json({"type": "acknowledge", "number": message["number"]})
            if message["type"] == type_ and where(message):
                return message
        raise AssertionError(f"no {type_} has come; the last messages: {self.messages[-5:]}")

    def report(self, name):
        return self.wait("report", lambda message: message["report"] == name)

    def wait_for_engine(self, state):
        if self.state["re_state"] != state:
            self.wait("state", lambda message: message["re_state"] == state)

    def console(self, text):
        """Waits until a text is in the console output, also in what has come before."""
        while text not in "".join(m["text"] for m in self.messages if m["type"] == "console"):
            self.wait("console")

    def command(self, name, **members):
        number = self.send(name, **members)
        return self.wait_for_answer(number)

    def send(self, name, **members):
        """Sends a command and returns its number."""
        self.commands += 1
        self.socket.send_json({"type": "command", "id": self.commands, "command": name, **members})
        return self.commands

    def wait_for_answer(self, number):
        return self.wait("answer", lambda message: message["id"] == number)

    def run_plan(self, name, uid="item", **arguments):
        references = [
            {"path": ["detectors", index], "kind": "device"} for index in range(len(arguments.get("detectors", ())))
        ]
        call = {"arguments": arguments, "references": references, "meta": {"sample": "A"}}
        return self.command("run_plan", item={"name": name, "item_uid": uid}, call=call)

    def start_task(self, uid="task", background=False, **members):
        return self.command("start_task", task_uid=uid, run_in_background=background, **members)


class WorkerTests(unittest.TestCase):
    def start(self, code="", *options):
        """Starts a worker and connects a manager."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        with open(os.path.join(folder, "00-start.py"), "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(START) + textwrap.dedent(code))
        self.folder = folder
        self.endpoint = f"ipc://{folder}/link"
        self.errors = open(os.path.join(folder, "stderr"), "w+", encoding="utf-8")
        self.addCleanup(self.errors.close)
        command = [sys.executable, os.path.join(PYTHON, "re_worker"), "--endpoint", self.endpoint]
        self.process = subprocess.Popen(
            command + ["--startup-dir", folder, "--an-option-to-come", "x", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.errors,
        )
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)
        return self.connect()

    def connect(self, supervisor=None):
        manager = Manager(self.endpoint, supervisor)
        self.addCleanup(manager.close)
        return manager

    def open(self, code="", *options):
        manager = self.start(code, *options)
        manager.report("environment_ready")
        return manager

    def end(self):
        """Waits for the end of the process and returns its exit code."""
        return self.process.wait(LIMIT)

    def test_an_environment_opens_runs_a_plan_and_closes(self):
        manager = self.open()
        self.assertEqual((manager.state["environment_state"], manager.state["re_state"]), ("idle", "idle"))
        self.assertIsNotNone(manager.state["lists_uid"])
        lists = manager.command("lists")["result"]
        self.assertIn("count", lists["plans"])
        self.assertIn("det", lists["devices"])
        self.assertTrue(manager.run_plan("count", detectors=["det"], num=2)["success"])
        report = manager.report("plan_finished")
        self.assertEqual((report["exit_status"], report["scan_ids"], report["msg"]), ("completed", [1], ""))
        self.assertEqual(manager.state["run_list"], [])
        opened = next(m for m in manager.messages if m["type"] == "state" and m["run_list"])
        self.assertEqual([opened["run_list"][0]["uid"]], report["run_uids"])
        metadata = manager.command("metadata")["result"]
        self.assertEqual((metadata["beamline"], metadata["scan_id"]), ("sim", 1))
        self.assertTrue(manager.command("close")["success"])
        self.assertEqual(self.end(), 0)

    def test_the_state_that_follows_from_the_end_of_a_plan_comes_before_its_report(self):
        manager = self.open()
        manager.run_plan("count", detectors=["det"])
        manager.report("plan_finished")
        before = [m for m in manager.messages if m["type"] == "state"][-1]
        self.assertEqual((before["environment_state"], before["running_item_uid"]), ("idle", None))

    def test_a_pause_ends_as_it_is_told(self):
        manager = self.open()
        for option, status in [("resume", "completed"), ("stop", "stopped"), ("abort", "aborted"), ("halt", "halted")]:
            manager.run_plan("count", detectors=["det"], num=4, delay=0.2)
            manager.wait_for_engine("running")
            self.assertTrue(manager.command("pause", option="deferred")["success"])
            manager.wait_for_engine("paused")
            self.assertEqual(manager.state["environment_state"], "idle")
            self.assertFalse(manager.run_plan("count", detectors=["det"])["success"])
            self.assertFalse(manager.command("close")["success"])
            self.assertTrue(manager.command(option)["success"])
            answered = len(manager.messages)
            self.assertEqual(manager.report("plan_finished")["exit_status"], status)
            later = [m["re_state"] for m in manager.messages[answered:] if m["type"] == "state"]
            self.assertNotIn("paused", later)
            self.assertFalse(manager.command("resume")["success"])

    def test_a_failing_plan_is_reported_with_its_traceback(self):
        manager = self.open("def failing():\n    yield from bps.null()\n    raise ValueError('too cold')\n")
        manager.run_plan("failing")
        report = manager.report("plan_finished")
        self.assertEqual((report["exit_status"], report["msg"]), ("failed", "Plan failed: too cold"))
        self.assertIn("ValueError: too cold", report["traceback"])
        # The next one is none the worse for it.
        manager.run_plan("count", detectors=["det"])
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")

    def test_plans_that_cannot_be_called_or_end_the_interpreter_have_failed(self):
        manager = self.open("def exiting():\n    yield from bps.null()\n    sys.exit(3)\n")
        for members in [
            {"call": {"error": "not for you"}},
            {"call": {"arguments": {"speed": 1}, "references": [], "meta": {}}},
            {"call": {"arguments": {}, "references": [], "meta": {}}},
        ]:
            manager.command("run_plan", item={"name": "count", "item_uid": "x"}, **members)
            report = manager.report("plan_finished")
            self.assertEqual(report["exit_status"], "failed", report)
            self.assertIn("processing plan parameters", report["msg"])
        manager.run_plan("exiting")
        report = manager.report("plan_finished")
        self.assertEqual(report["exit_status"], "failed")
        self.assertIn("SystemExit(3)", report["msg"])
        self.assertFalse(manager.command("run_plan", item={"name": "count"})["success"])
        self.assertFalse(manager.command("no_such_command")["success"])

    def test_a_manager_that_comes_later_gets_state_and_reports(self):
        first = self.open()
        first.run_plan("count", detectors=["det"], num=3, delay=0.2)
        first.wait_for_engine("running")
        first.close()
        second = self.connect()
        self.assertEqual(second.state["running_item_uid"], "item")
        self.assertTrue(second.command("permissions", permissions={})["success"])
        self.assertEqual(second.report("plan_finished")["exit_status"], "completed")

    def test_what_is_printed_without_a_manager_is_kept_for_the_next(self):
        first = self.open("go_on = threading.Event()\ndef speak():\n    go_on.wait(1)\n    print('to whom?')\n")
        first.start_task(background=True, kind="function", item={"name": "speak", "args": [], "kwargs": {}})
        first.close()
        second = self.connect()
        second.console("to whom?")
        second.report("task_finished")

    def test_a_worker_outlives_its_supervisor_and_waits_for_another(self):
        supervisors = [subprocess.Popen(["sleep", "600"]) for _ in range(2)]
        for supervisor in supervisors:
            self.addCleanup(supervisor.wait)
            self.addCleanup(supervisor.kill)
        manager = self.start("", "--adoption-wait", "2")
        manager.report("environment_ready")
        manager = self.connect(supervisors[0].pid)
        manager.run_plan("count", detectors=["det"], num=20, delay=0.2)
        manager.wait_for_engine("running")
        supervisors[0].kill()
        manager.console("waits for another supervisor")
        # Longer than the wait: the plan is finished first.
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")
        manager = self.connect(supervisors[1].pid)
        supervisors[1].kill()
        manager.console("no supervisor has come in 2 s")
        self.assertEqual(self.end(), 0)

    def test_startup_code_that_fails_is_reported_and_ends_the_process(self):
        manager = self.start("raise RuntimeError('no beam')\n")
        report = manager.report("environment_failed")
        self.assertIn("no beam", report["msg"])
        self.assertIn("00-start.py", report["traceback"])
        manager.console("RuntimeError: no beam")
        self.assertEqual(self.end(), 1)

    def test_commands_are_answered_while_the_environment_opens(self):
        manager = self.start("time.sleep(600)\n")
        self.assertEqual(manager.state["environment_state"], "initializing")
        self.assertTrue(manager.command("permissions", permissions={})["success"])
        self.assertTrue(manager.command("ping")["success"])
        self.assertFalse(manager.run_plan("count")["success"])
        self.process.terminate()
        self.assertEqual(self.end(), 0)

    def test_functions_and_scripts(self):
        manager = self.open("def divide(a, b=1): return a / b\ndef unknown(): return object()\n")
        for item, outcome in [
            ({"name": "divide", "args": [6], "kwargs": {"b": 3}}, 2.0),
            ({"name": "divide", "args": [6, 0], "kwargs": {}}, "division by zero"),
            ({"name": "unknown", "args": [], "kwargs": {}}, "can not be serialized"),
            ({"name": "count", "args": [], "kwargs": {}}, "is a generator function"),
            ({"name": "nothing", "args": [], "kwargs": {}}, "is not found"),
        ]:
            for background in (False, True):
                manager.start_task(background=background, kind="function", item=item)
                report = manager.report("task_finished")
                if report["success"]:
                    self.assertEqual(report["return_value"], outcome)
                else:
                    self.assertIn(outcome, report["msg"])
                    self.assertIn("Traceback", report["traceback"])
        lists = manager.state["lists_uid"]
        script = {"kind": "script", "update_lists": True, "update_re": False}
        manager.start_task(script="RE = None\ndef brief():\n    yield from bps.null()\n", **script)
        self.assertTrue(manager.report("task_finished")["success"])
        self.assertNotEqual(manager.state["lists_uid"], lists)
        self.assertIn("brief", manager.command("lists")["result"]["plans"])
        manager.run_plan("brief")
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")
        self.assertTrue(manager.start_task(script="RE = RunEngine({'second': 2})", **{**script, "update_re": True}))
        manager.report("task_finished")
        self.assertEqual(manager.command("metadata")["result"]["second"], 2)
        manager.run_plan("count", detectors=["det"])
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")

    def test_a_foreground_task_excludes_plans_and_a_background_task_does_not(self):
        manager = self.open("go_on = threading.Event()\ndef wait(): go_on.wait()\n")
        item = {"name": "wait", "args": [], "kwargs": {}}
        manager.start_task(kind="function", item=item)
        self.assertEqual(manager.state["environment_state"], "executing_task")
        self.assertFalse(manager.run_plan("count", detectors=["det"])["success"])
        self.assertFalse(manager.command("close")["success"])
        script = {"kind": "script", "update_lists": False, "update_re": False}
        manager.start_task("other", background=True, script="go_on.set()", **script)
        manager.report("task_finished")
        manager.report("task_finished")
        manager.start_task(background=True, script="go_on.clear(); go_on.wait()", **script)
        manager.run_plan("count", detectors=["det"])
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")
        self.assertEqual(len(manager.state["tasks"]), 1)
        self.assertTrue(manager.command("close")["success"])
        self.assertEqual(self.end(), 0)

    def test_console_output_of_python_c_and_children(self):
        manager = self.open("""
            import ctypes, subprocess
            print("from Python µ")
            print("an error", file=sys.stderr)
            sys.stdout.buffer.write("bytes\\n".encode())
            ctypes.CDLL(None).puts(b"from C")
            ctypes.CDLL(None).fflush(None)
            subprocess.run(["echo", "from a child"])
            subprocess.run(["echo", "to the stream"], stdout=sys.stdout)
            print("\\ud800 no character")
        """)
        for text in ("from Python µ", "an error", "bytes", "from C", "from a child", "to the stream", "? no character"):
            manager.console(text)

    def test_a_megabyte_of_output_arrives(self):
        manager = self.open("def wordy():\n    print('x' * (1 << 20), 'the end', end='')\n    return [None]\n")
        manager.start_task(kind="function", item={"name": "wordy", "args": [], "kwargs": {}})
        manager.report("task_finished")
        self.assertGreater(sum(len(m["text"]) for m in manager.messages if m["type"] == "console"), 1 << 20)

    def test_sigterm_aborts_a_plan_with_its_cleanup(self):
        code = """
            def careful():
                try:
                    yield from count([det], num=1000, delay=0.05)
                finally:
                    yield from bps.sleep(0.1)
                    print("cleaned up")
        """
        for is_paused in (False, True):
            manager = self.open(code)
            manager.run_plan("careful")
            manager.wait_for_engine("running")
            if is_paused:
                manager.command("pause", option="immediate")
                manager.wait_for_engine("paused")
            self.process.terminate()
            manager.console("cleaned up")
            self.assertEqual(manager.report("plan_finished")["exit_status"], "aborted")
            self.assertEqual(self.end(), 0)

    def test_signals_of_a_terminal_do_nothing_but_children_get_them(self):
        manager = self.open("""
            import subprocess
            def interrupt():
                child = subprocess.Popen(["sleep", "600"])
                time.sleep(0.2)
                child.send_signal(signal.SIGINT)
                return child.wait()
        """)
        manager.run_plan("count", detectors=["det"], num=5, delay=0.2)
        manager.wait_for_engine("running")
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTSTP, signal.SIGINT):
            self.process.send_signal(number)
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")
        manager.start_task(kind="function", item={"name": "interrupt", "args": [], "kwargs": {}})
        self.assertEqual(manager.report("task_finished")["return_value"], -signal.SIGINT)

    def test_forked_children_have_their_own_signals_and_their_output_is_seen(self):
        manager = self.open("""
            import multiprocessing
            def child():
                print("hello from the fork", flush=True)
                time.sleep(600)
            def fork():
                process = multiprocessing.get_context("fork").Process(target=child)
                process.start()
                time.sleep(0.3)
                process.terminate()
                process.join()
                return process.exitcode
        """)
        manager.start_task(kind="function", item={"name": "fork", "args": [], "kwargs": {}})
        self.assertEqual(manager.report("task_finished")["return_value"], -signal.SIGTERM)
        manager.console("hello from the fork")
        manager.run_plan("count", detectors=["det"])
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")

    def test_the_engine_is_not_replaced_under_a_plan(self):
        manager = self.open()
        manager.run_plan("count", detectors=["det"], num=10, delay=0.1)
        manager.wait_for_engine("running")
        script = {"kind": "script", "update_lists": False, "update_re": True}
        manager.start_task(background=True, script="RE = RunEngine({'second': 2})", **script)
        self.assertIn("cannot be replaced while it runs", manager.report("task_finished")["msg"])
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")
        self.assertNotIn("second", manager.command("metadata")["result"])

    def test_a_missing_package_is_named_with_the_interpreter(self):
        manager = self.start("raise ModuleNotFoundError('No module named ophyd', name='ophyd')\n")
        self.assertIn(f"The interpreter is {sys.executable}", manager.report("environment_failed")["msg"])

    def test_a_crash_leaves_the_trace_of_its_threads(self):
        manager = self.open("import ctypes\ndef crashing():\n    yield from bps.sleep(0.5)\n    ctypes.string_at(0)\n")
        manager.run_plan("crashing")
        self.assertEqual(self.end(), -signal.SIGSEGV)
        self.errors.seek(0)
        trace = self.errors.read()
        self.assertIn("Segmentation fault", trace)
        self.assertIn("crashing", trace)

    def test_exit_handlers_run_and_a_thread_that_does_not_end_is_not_waited_for(self):
        manager = self.open("""
            import atexit
            mark = os.path.join(os.path.dirname(__file__), "mark")
            atexit.register(lambda: open(mark, "w").close())
        """)
        manager.command("close")
        self.assertEqual(self.end(), 0)
        self.assertTrue(os.path.exists(os.path.join(self.folder, "mark")))
        manager = self.open("threading.Thread(target=time.sleep, args=(600,)).start()\n")
        manager.command("close")
        self.assertEqual(self.end(), 0)

    def test_documents_go_to_files(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        manager = self.open("", "--documents-dir", folder)
        manager.run_plan("count", detectors=["det"], num=2)
        uid = manager.report("plan_finished")["run_uids"][0]
        with open(os.path.join(folder, f"{uid}.jsonl"), encoding="utf-8") as file:
            names = [json.loads(line)["name"] for line in file]
        self.assertEqual(names, ["start", "descriptor", "event", "event", "stop"])

    def test_a_suspended_plan_goes_on_when_it_may(self):
        manager = self.open("""
            from bluesky.suspenders import SuspendBoolHigh
            from ophyd import Signal
            shutter = Signal(name="shutter", value=0)
            RE.install_suspender(SuspendBoolHigh(shutter, tripped_message="no beam"))
            def close_shutter(value): shutter.put(value)
        """)
        manager.run_plan("count", detectors=["det"], num=30, delay=0.05)
        manager.wait_for_engine("running")
        for value in (1, 0):
            item = {"name": "close_shutter", "args": [value], "kwargs": {}}
            manager.start_task(background=True, kind="function", item=item)
            manager.report("task_finished")
            if value:
                manager.console("Justification for this suspension")
                if not manager.state["suspensions"]:
                    manager.wait("state", lambda message: message["suspensions"])
                self.assertEqual(manager.state["suspensions"], ["SuspendBoolHigh of shutter: no beam"])
        self.assertEqual(manager.report("plan_finished")["exit_status"], "completed")
        if manager.state["suspensions"]:
            manager.wait("state", lambda message: not message["suspensions"])

    def test_the_progress_of_a_slow_device_is_told_and_the_hooks_of_the_code_are_called(self):
        manager = self.open("""
            from ophyd import DeviceStatus
            from ophyd.sim import SynAxis
            class Slow(SynAxis):
                def set(self, value):
                    status = DeviceStatus(self)
                    watchers = []
                    status.watch = watchers.append
                    def move():
                        for step in range(6):
                            time.sleep(0.1)
                            for watcher in watchers:
                                watcher(name=self.name, current=step, target=value, fraction=1 - step / 6, unit=None)
                        status.set_finished()
                    threading.Thread(target=move).start()
                    return status
            slow = Slow(name="slow")
            waits, states = [], []
            RE.waiting_hook = lambda statuses: waits.append(statuses is None)
            RE.state_hook = lambda new, old: states.append(str(new))
            def hooks(): return [waits, states]
        """)
        call = {"arguments": {"args": ["slow", 5]}, "references": [{"path": ["args", 0], "kind": "device"}], "meta": {}}
        manager.start_task(
            kind="script", script="from bluesky.plan_stubs import mv", update_lists=False, update_re=False
        )
        manager.report("task_finished")
        manager.command("run_plan", item={"name": "mv", "item_uid": "m"}, call=call)
        manager.report("plan_finished")
        told = [message["devices"] for message in manager.messages if message["type"] == "progress"]
        if not told or told[-1]:
            told.append(manager.wait("progress")["devices"])
        self.assertEqual(told[-1], [])
        self.assertEqual(told[-2][0]["name"], "slow")
        self.assertEqual(told[-2][0]["target"], 5)
        self.assertNotIn("unit", told[-2][0])
        manager.start_task(kind="function", item={"name": "hooks", "args": [], "kwargs": {}})
        self.assertEqual(manager.report("task_finished")["return_value"], [[False, True], ["running", "idle"]])

    def test_metadata_that_are_slow_to_read_hold_up_nothing_else(self):
        manager = self.open(
            """
            class Remote:
                def keys(self):
                    answered.wait()
                    return ["place"]
                def __getitem__(self, key):
                    return "far away"
            answered = threading.Event()
            RE.md = Remote()
            def answer():
                answered.set()
            """
        )
        number = manager.send("metadata")
        self.assertTrue(manager.command("ping")["success"])
        manager.start_task(kind="function", item={"name": "answer", "args": [], "kwargs": {}})
        self.assertEqual(manager.wait_for_answer(number)["result"], {"place": "far away"})

    def test_an_environment_without_an_engine_has_lists_and_functions_but_no_plans(self):
        manager = self.open("del RE\ndef answer(): return 42\n")
        self.assertIsNone(manager.state["re_state"])
        self.assertIn("count", manager.command("lists")["result"]["plans"])
        self.assertFalse(manager.run_plan("count", detectors=["det"])["success"])
        self.assertFalse(manager.command("metadata")["success"])
        manager.start_task(kind="function", item={"name": "answer", "args": [], "kwargs": {}})
        self.assertEqual(manager.report("task_finished")["return_value"], 42)


if __name__ == "__main__":
    unittest.main()
