"""Terminals in which a manager runs and a user types, for the scripts of this folder."""

import ast
import contextlib
import ctypes
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 60


def until(qserver, condition):
    """Asks for the status until it is as it should be, and returns it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        status = qserver("status")
        if condition(status):
            return status
        assert time.monotonic() < deadline, status


def program_beside(program, name):
    """The command of a program in the same folder."""
    return [os.path.join(os.path.dirname(program), name)]


class Terminal:
    """A program that runs, and what it has printed."""

    def __init__(self, command, environment=None):
        self.command = command
        self.output = ""
        self._has_printed = threading.Condition()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            preexec_fn=_end_with_parent,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @classmethod
    @contextlib.contextmanager
    def following(cls, command, environment=None):
        """The program, which is ended afterwards."""
        terminal = cls(command, environment)
        try:
            yield terminal
        except BaseException:
            print(f"{command} has printed:\n{terminal.output}", file=sys.stderr)
            raise
        finally:
            terminal.process.terminate()
            terminal.process.wait(PATIENCE)
            terminal._reader.join()

    def wait_for_output(self, text):
        """Waits until the program has printed a text, and returns what it has printed."""
        with self._has_printed:
            assert self._has_printed.wait_for(lambda: text in self.output, PATIENCE), f"'{text}' was not printed"
            return self.output

    def interrupt(self):
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    def wait(self):
        """Waits for the program's end and returns its exit code."""
        return self.process.wait(PATIENCE)

    def _read(self):
        for line in self.process.stdout:
            with self._has_printed:
                self.output += line
                self._has_printed.notify_all()


def _end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class QServer:
    """Types command lines of qserver and reads the replies.

    :param program: that of bluesky-queueserver, whose output is a Python dictionary, or ours, with ``--json``.
    """

    def __init__(self, program, address, folder):
        self.program = program
        self.environment = {**os.environ, "QSERVER_ZMQ_CONTROL_ADDRESS": address}
        self._folder = folder
        with open(program, "rb") as file:
            self._is_ours = file.read(4) == b"\x7fELF"

    def __call__(self, line):
        """The reply, which must tell of success."""
        code, reply = self._run(line)
        assert code == 0 and reply.get("success", True) is True, (line, code, reply)
        return reply

    def refused(self, line):
        """The reply, which must be a refusal."""
        code, reply = self._run(line)
        assert code == 2 and reply["success"] is False, (line, code, reply)
        return reply

    def write(self, name, text):
        """Makes a file in the folder in which command lines are typed."""
        with open(os.path.join(self._folder, name), "w") as file:
            file.write(text)

    def _run(self, line):
        words = [self.program, *shlex.split(line), *(["--json", "--timeout", "20"] if self._is_ours else [])]
        result = subprocess.run(
            words, env=self.environment, cwd=self._folder, capture_output=True, text=True, timeout=PATIENCE
        )
        try:
            if self._is_ours:
                return result.returncode, json.loads(result.stdout)
            return result.returncode, ast.literal_eval(result.stdout.partition("MESSAGE:")[2].strip())
        except (SyntaxError, ValueError) as error:
            raise AssertionError(f"{line}: {result.stdout}{result.stderr}") from error


class Starter:
    """Starts managers one after the other, all with the same state directory.

    :param startup_dir: the startup code; empty for a manager without options.
    """

    def __init__(self, program, qserver, startup_dir, folder):
        self.program = program
        self.qserver = qserver
        self.startup_dir = startup_dir
        self.state_dir = os.path.join(folder, "state")
        self.startup_copy = os.path.join(folder, "qs_startup")
        self.folder = folder

    @contextlib.contextmanager
    def __call__(self, *options, address=None, startup=True, **environment):
        """A manager and its qserver.

        :param address: where it listens, if it prints nothing that would say so.
        :param startup: whether it gets the usual startup code, which is left as it is.
        """
        startup_options = ["--startup-dir", self.startup_dir, "--update-existing-plans-devices", "NEVER"]
        command = [
            self.program,
            *("--state-dir", self.state_dir),
            *([] if address else ["--zmq-control-addr", "tcp://127.0.0.1:*"]),
            *(startup_options if startup and self.startup_dir else []),
            *(["--python", sys.executable] if self.startup_dir else []),
            *options,
        ]
        with Terminal.following(command, environment) as manager:
            if address is None:
                sign = "Waiting for requests at "
                address = manager.wait_for_output(sign).partition(sign)[2].split()[0]
            yield manager, QServer(self.qserver, address, self.folder)

    @staticmethod
    def free_address():
        """An address on which nothing listens."""
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            return f"tcp://127.0.0.1:{listener.getsockname()[1]}"


@contextlib.contextmanager
def starter(program, qserver, startup_dir):
    """What starts managers, with a folder of its own that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="re-manager-test-") as folder:
        yield Starter(program, qserver, startup_dir, folder)
