#!/usr/bin/env python3
"""What a command of qserver costs as a whole process, beside the same command of bluesky-queueserver.

Both talk to one manager, which is started by the command template (placeholders as in manager_cost.py):

    command_line.py 'start-re-manager --zmq-control-addr tcp://127.0.0.1:{control} --state-dir {state}'
        --qserver .build/release/qserver --reference /tmp/bluesky/bin/qserver
        [--items 1000] [--repeats 10] [--ratio 15] [--limit 20]

The commands are run in turn. Shown are the medians of processor time and of time on the clock in milliseconds, and of
the ratios pair by pair, so that what else the machine does meets both alike. The exit code is 1 if a ratio of `status`
is below --ratio or its processor time is above --limit. Needs pyzmq.
"""
import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time

from manager_cost import Manager

PLAN = "{'name': 'count', 'args': [['det1', 'det2']], 'kwargs': {'num': 5}}"
# What is said to qserver, and what to the reference where it has other words; None where it has nothing like it.
COMMANDS = [
    ("status", ["status"], ["status"]),
    ("allowed plans", ["allowed", "plans"], ["allowed", "plans"]),
    ("allowed devices", ["allowed", "devices"], ["allowed", "devices"]),
    ("history get", ["history", "get"], ["history", "get"]),
    ("queue add plan", ["queue", "add", "plan", PLAN], ["queue", "add", "plan", PLAN]),
    ("queue add plan, in words", ["queue", "add", "plan", "count", "det1,det2", "num=5"], ["queue", "add", "plan", PLAN]),
    ("queue get", ["queue", "get"], ["queue", "get"]),
    ("completion of a plan", ["---completion", "run", "--", "positional@0", "2", "3", "qserver", "run", "cou"], None),
]


def run(command, environment):
    """The processor time and the time on the clock of a process, in milliseconds."""
    with open(os.devnull, "r+b") as null:
        began = time.perf_counter()
        pid = os.posix_spawn(
            command[0], command, environment, file_actions=[(os.POSIX_SPAWN_DUP2, null.fileno(), n) for n in range(3)]
        )
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return (usage.ru_utime + usage.ru_stime) * 1e3, wall * 1e3


def measure(ours, theirs, environment, repeats):
    """Pairs of (processor time, time on the clock) of both; of `theirs` nothing if it is None."""
    for command in filter(None, (ours, theirs)):
        run(command, environment)
    pairs = [
        (run(ours, environment), run(theirs, environment) if theirs else None) for _ in range(repeats)
    ]
    return [a for a, _ in pairs], [b for _, b in pairs if b]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", help="command template that starts a manager")
    parser.add_argument("--qserver", required=True, help="the program to measure")
    parser.add_argument("--reference", required=True, help="qserver of bluesky-queueserver")
    parser.add_argument("--items", type=int, default=1000, help="items in the queue")
    parser.add_argument("--repeats", type=int, default=10, help="how often each command is run")
    parser.add_argument("--ratio", type=float, default=15, help="how many times faster `status` must be")
    parser.add_argument("--limit", type=float, default=20, help="how much processor time `status` may take, in ms")
    args = parser.parse_args()
    folder, is_good = tempfile.mkdtemp(prefix="command_line_"), True
    try:
        manager = Manager(args.command, folder, args.items)
        try:
            manager.add(args.items)
            environment = os.environ | {"QSERVER_ZMQ_CONTROL_ADDRESS": manager.address}
            print(f"{'milliseconds':26}{'cpu':>8}{'clock':>8}{'cpu*':>9}{'clock*':>8}{'cpu':>9}{'clock':>8}")
            for name, ours, theirs in COMMANDS:
                ours = [os.path.abspath(args.qserver), *ours]
                theirs = theirs and [os.path.abspath(args.reference), *theirs]
                a, b = measure(ours, theirs, environment, args.repeats)
                line = f"{name:26}" + "".join(f"{statistics.median(x):8.1f}" for x in zip(*a))
                if b:
                    ratios = [statistics.median(y[i] / x[i] for x, y in zip(a, b)) for i in (0, 1)]
                    line += " " + "".join(f"{statistics.median(y):8.1f}" for y in zip(*b))
                    line += " " + "".join(f"{ratio:7.1f}x" for ratio in ratios)
                if name == "status":
                    is_good = min(ratios) >= args.ratio and statistics.median(x[0] for x in a) <= args.limit
                print(line)
            print("* bluesky-queueserver")
        finally:
            manager.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
