"""Starts the real processes of a manager, talks to it, and ends processes in rude ways."""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

import zmq


def arguments(description, count):
    """The arguments of a script that does something a number of times."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("binaries", help="folder of start-re-manager")
    parser.add_argument("--count", type=int, default=count, help="how many times (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30), help="for the same random moments again")
    parser.add_argument("--lenient", action="store_true", help="measure times but do not judge them")
    options = parser.parse_args()
    # A log that is looked at after a failure names the seed first.
    print("%s: %d times, seed %d" % (os.path.basename(parser.prog), options.count, options.seed), flush=True)
    return options


class NoReply(Exception):
    """The manager has not answered in time."""


def free_address():
    """An address that was free a moment ago, for a manager that must come back to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return "tcp://127.0.0.1:%d" % probe.getsockname()[1]


def wait_until(condition, timeout, what):
    """Waits until `condition` returns something, which is returned."""
    limit = time.monotonic() + timeout
    while time.monotonic() < limit:
        result = condition()
        if result:
            return result
        time.sleep(0.001)
    raise AssertionError("waited %g s in vain for %s" % (timeout, what))


def is_running(pid):
    """Whether there is a process of this number that has not ended."""
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def program_of(pid):
    """The name of the program that a process runs, or None if it has ended."""
    try:
        return os.path.basename(os.readlink("/proc/%d/exe" % pid))
    except OSError:
        return None


class Client:
    """Sends requests to the control socket. A request without a reply is sent again only by the methods that say so."""

    def __init__(self, address):
        self.address = address
        self.socket = None

    def ask(self, method, timeout=2.0, **parameters):
        """The reply to a request. Raises NoReply; whether the request was carried out is unknown then."""
        if self.socket is None:
            self.socket = zmq.Context.instance().socket(zmq.REQ)
            self.socket.linger = 0
            # A manager that has just been started is found at once.
            self.socket.reconnect_ivl = 5
            self.socket.connect(self.address)
        self.socket.send(json.dumps({"method": method, "params": parameters}).encode())
        if not self.socket.poll(int(timeout * 1000)):
            self.close()
            raise NoReply(method)
        return json.loads(self.socket.recv())

    def must(self, method, **parameters):
        """The reply to a request that has to succeed."""
        reply = self.ask(method, **parameters)
        assert reply.get("success", True), (method, reply)
        return reply

    def status(self, patience=30.0):
        """The status, asked for until it comes."""
        limit = time.monotonic() + patience
        while True:
            try:
                return self.ask("status", timeout=0.25)
            except NoReply:
                if time.monotonic() > limit:
                    raise

    def wait_for(self, condition, timeout, what):
        """Waits until the status meets a condition, and returns it."""

        def matching():
            status = self.status(timeout)
            return status if condition(status) else None

        return wait_until(matching, timeout, what)

    def open_environment(self):
        self.must("environment_open")
        self.wait_for(lambda s: s["worker_environment_state"] == "idle", 30, "the environment")

    def add(self, name, *args, **kwargs):
        """Adds a plan to the back of the queue and returns its UID."""
        item = {"item_type": "plan", "name": name, "args": list(args), "kwargs": kwargs}
        return self.must("queue_item_add", item=item, user="Ada", user_group="primary")["item"]["item_uid"]

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None


class Manager:
    """The processes of one state directory. A context: everything is ended and removed afterwards."""

    def __init__(self, binaries, *options):
        self.binaries = binaries
        self.options = options
        self.address = free_address()
        self.folder = tempfile.mkdtemp(prefix="re-manager-reliability-")
        self.state = os.path.join(self.folder, "state")
        self.log = os.path.join(self.folder, "log")
        self.supervisor = None
        self.client = Client(self.address)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, *_):
        for pid in self.workers():
            # A process that was stopped could not clean up.
            os.kill(pid, signal.SIGCONT)
        if self.supervisor.poll() is None:
            self.supervisor.terminate()
            try:
                self.supervisor.wait(40)
            except subprocess.TimeoutExpired:
                pass
        for pid in self.everyone():
            os.kill(pid, signal.SIGKILL)
        self.client.close()
        if kind is None:
            shutil.rmtree(self.folder)
        else:
            print("The log is in", self.log)

    def start(self):
        """Starts a supervisor and waits until its manager answers."""
        command = [
            os.path.join(self.binaries, "start-re-manager"), "--zmq-control-addr", self.address, "--state-dir", self.state,
            *self.options,
        ]
        with open(self.log, "ab") as log:
            self.supervisor = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.client.status()

    def kill_supervisor(self):
        self.supervisor.kill()
        self.supervisor.wait()

    def everyone(self):
        """The process ids of all programs that use this state directory."""
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    with open("/proc/%s/cmdline" % entry, "rb") as file:
                        if self.state.encode() in file.read() and is_running(int(entry)):
                            found.append(int(entry))
                except OSError:
                    pass
        return found

    def processes(self, name):
        return [pid for pid in self.everyone() if program_of(pid) == name]

    def managers(self):
        return self.processes("re-manager")

    def workers(self):
        return self.processes("re-worker")


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def summary(name, values):
    """A line with figures, in milliseconds."""
    return "%s: median %.0f ms, 95 %% below %.0f ms, longest %.0f ms" % (
        name, 1000 * percentile(values, 0.5), 1000 * percentile(values, 0.95), 1000 * max(values),
    )
