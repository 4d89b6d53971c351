#!/usr/bin/env python3
"""What a request costs a manager with a short queue and with a long one, and how near `status` is to bare 0MQ.

Needs pyzmq; the bare echo is a C program that is compiled here (cc, libzmq3-dev) and left out if that fails. The command
template starts a manager; its placeholders are {control} and {info} (ports) and {state} (a fresh directory):

    manager_cost.py 'start-re-manager --zmq-control-addr tcp://127.0.0.1:{control} --state-dir {state}'
        [--short 10] [--long 100000] [--repeats 200] [--limit 1.5]

Two managers are started, one for each length, and every request goes to both in turn, so that what else the machine does
meets both alike. The figures are medians in microseconds with the reply decoded, except for queue_get and status, whose
replies are only received. A slow disk hides the cost of the rest, because every change waits for it: TMPDIR=/dev/shm
puts the state directories into memory. With --limit, the exit code is 1 if a ratio (of queue_get: per item) is above it.
"""
import argparse
import collections
import json
import os
import shlex
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import zmq

USER = {"user": "bench", "user_group": "primary"}
COUNT = {"item_type": "plan", "name": "count", "args": [["det1"]], "kwargs": {"num": 1}}
BATCH = 1000
ECHO = r"""
#include <string.h>
#include <stdlib.h>
#include <zmq.h>
int main(int argc, char **argv) {
    void *socket = zmq_socket(zmq_ctx_new(), ZMQ_REP);
    size_t size = argc > 2 ? strtoul(argv[2], 0, 10) : 0;
    char *reply = malloc(size + 1), request[4096];
    if (argc < 3 || !reply || zmq_bind(socket, argv[1])) return 1;
    memset(reply, ' ', size);
    while (zmq_recv(socket, request, sizeof request, 0) >= 0) zmq_send(socket, reply, size, 0);
}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A process that answers on a port of this machine."""

    def __init__(self, command, port):
        self.process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.socket = zmq.Context.instance().socket(zmq.REQ)
        self.socket.setsockopt(zmq.RCVTIMEO, 30_000)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.address = f"tcp://127.0.0.1:{port}"
        self.socket.connect(self.address)

    def raw(self, method, **params):
        """The bytes of the reply."""
        self.socket.send(json.dumps({"method": method, "params": params}).encode())
        return self.socket.recv()

    def timed(self, method):
        """How long a request without parameters takes until the reply has arrived, in seconds."""
        request = json.dumps({"method": method}).encode()
        began = time.perf_counter()
        self.socket.send(request)
        self.socket.recv(copy=False)
        return time.perf_counter() - began

    def end(self):
        self.socket.close()
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Manager(Server):
    """A manager whose queue has a given length."""

    def __init__(self, template, folder, length):
        self.length = length
        port, state = free_port(), os.path.join(folder, str(length))
        os.mkdir(state)
        super().__init__(shlex.split(template.format(control=port, info=free_port(), state=state)), port)
        self.ask("status")

    def ask(self, method, **params):
        reply = json.loads(self.raw(method, **params))
        if not reply.get("success", True):
            raise RuntimeError(f"{method} of {params}: {reply.get('msg')}")
        return reply

    def add(self, count):
        while count > 0:
            self.ask("queue_item_add_batch", items=[COUNT] * min(count, BATCH), **USER)
            count -= BATCH

    def step(self, times):
        """One request of each kind; the queue is as long afterwards as before."""
        middle = self.length // 2

        def timed(name, method, **params):
            began = time.perf_counter()
            self.ask(method, **params)
            times[name].append(time.perf_counter() - began)

        timed("queue_item_add, front", "queue_item_add", item=COUNT, pos="front", **USER)
        timed("queue_item_move, back to front", "queue_item_move", pos="back", pos_dest="front")
        timed("queue_item_move, front to middle", "queue_item_move", pos="front", pos_dest=middle)
        timed("queue_item_remove, front", "queue_item_remove", pos="front")
        timed("queue_item_add, back", "queue_item_add", item=COUNT, pos="back", **USER)
        timed("queue_item_move, front to back", "queue_item_move", pos="front", pos_dest="back")
        timed("queue_item_move, middle to front", "queue_item_move", pos=middle, pos_dest="front")
        timed("queue_item_remove, middle", "queue_item_remove", pos=middle)
        times["status"] += [self.timed("status") for _ in range(5)]


def start_echo(folder, size):
    """A bare echo whose replies have this size, or nothing if it cannot be compiled."""
    source, program = os.path.join(folder, "echo.c"), os.path.join(folder, "echo")
    with open(source, "w") as file:
        file.write(ECHO)
    try:
        subprocess.run(["cc", "-O2", "-o", program, source, "-lzmq"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"no bare echo: {getattr(error, 'stderr', b'').decode() or error}", file=sys.stderr)
        return None
    port = free_port()
    return Server([program, f"tcp://127.0.0.1:{port}", str(size)], port)


def measure(short, long, folder, repeats):
    """The times of each kind of request for the two managers, in seconds."""
    times = collections.defaultdict(list), collections.defaultdict(list)
    for _ in range(20):
        for manager in (short, long):
            manager.step(collections.defaultdict(list))
    for _ in range(repeats):
        for manager, figures in zip((short, long), times):
            manager.step(figures)
    for _ in range(9):
        for manager, figures in zip((short, long), times):
            figures["queue_get"].append(manager.timed("queue_get"))
    if echo := start_echo(folder, len(short.raw("status"))):
        try:
            for server, figures in ((echo, times[0]), (echo, times[1])):
                figures["status of a bare echo"] += [echo.timed("status") for _ in range(5 * repeats)]
        finally:
            echo.end()
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", help="command template that starts a manager")
    parser.add_argument("--short", type=int, default=10, help="items in the short queue")
    parser.add_argument("--long", type=int, default=100_000, help="items in the long queue")
    parser.add_argument("--repeats", type=int, default=200, help="how often each request is made")
    parser.add_argument("--limit", type=float, help="the highest ratio that is good enough")
    args = parser.parse_args()
    folder, managers = tempfile.mkdtemp(prefix="manager_cost_"), []
    try:
        for length in (args.short, args.long):
            managers.append(Manager(args.command, folder, length))
            managers[-1].add(length)
        few, many = measure(*managers, folder, args.repeats)
    finally:
        for manager in managers:
            manager.end()
        shutil.rmtree(folder, ignore_errors=True)

    worst = 0.0
    print(f"{'microseconds':36}{args.short:>12,}{args.long:>12,}{'ratio':>8}")
    for name in few:
        a, b = (statistics.median(x[name]) * 1e6 for x in (few, many))
        ratio = b / a
        note = ""
        if name == "queue_get":
            note = f"  ({ratio * args.short / args.long:.4f} per item)"
            ratio_to_judge = ratio * args.short / args.long
        else:
            ratio_to_judge = ratio
        worst = max(worst, ratio_to_judge)
        print(f"{name:36}{a:12.1f}{b:12.1f}{ratio:8.2f}{note}")
    return 1 if args.limit and worst > args.limit else 0


if __name__ == "__main__":
    sys.exit(main())
