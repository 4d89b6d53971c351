"""One case of the benchmark as bluesky does it, in a process of its own.

usage: bluesky_cases.py CASE

Prints how often the case is done in a second of processor time; for latencies, milliseconds.
"""

import contextlib
import json
import logging
import os
import statistics
import sys
import threading
import time

from bluesky import Msg, RunEngine
from bluesky import plans as bp


class Done:
    """A status that has ended well before anybody asks."""

    done = success = True

    def exception(self, timeout=None):
        return None

    def add_callback(self, callback):
        callback(self)


class Device:
    parent = None

    def __init__(self, name):
        self.name, self.value, self.hints = name, 0.0, {"fields": [name]}

    def read(self):
        return {self.name: {"value": self.value, "timestamp": time.time()}}

    def describe(self):
        return {self.name: {"source": "SIM:" + self.name, "dtype": "number", "shape": []}}


class Detector(Device):
    def trigger(self):
        self.value += 1
        return Done()


class Motor(Device):
    @property
    def position(self):
        return self.value

    def set(self, value):
        self.value = float(value)
        return Done()

    def stop(self, success=True):
        pass


det, motor, motor2 = Detector("det"), Motor("motor"), Motor("motor2")


def nulls(first, n=100_000):
    yield first
    null = Msg("null")
    for number in range(n):
        if first.command == "checkpoint" and number % 1000 == 0:
            yield first
        yield null


def pairs(n=10_000):
    for value in range(n):
        yield Msg("checkpoint")
        yield Msg("set", motor, value, group="g")
        yield Msg("wait", None, group="g")


def bare_events(n=3000):
    yield Msg("open_run")
    for _ in range(n):
        yield Msg("checkpoint")
        yield Msg("trigger", det, group="t")
        yield Msg("wait", None, group="t")
        yield Msg("create", name="primary")
        yield Msg("read", det)
        yield Msg("save")
    yield Msg("close_run")


def runs(n=1000):
    for _ in range(n):
        yield Msg("open_run")
        yield Msg("close_run")


def write_line(sink):
    return lambda name, doc: sink.append(len(json.dumps([name, doc])))


def grid():
    return bp.grid_scan([det], motor, -1, 1, 40, motor2, -1, 1, 40, snake_axes=True)


# Name: how often, and the plans to carry out.
CASES = {
    "null": (100_000, lambda: [nulls(Msg("checkpoint"))]),
    "null, nothing kept for replay": (100_000, lambda: [nulls(Msg("clear_checkpoint"))]),
    "set and wait": (10_000, lambda: [pairs()]),
    "count": (3000, lambda: [bp.count([det], num=3000)]),
    "count, a subscriber": (3000, lambda: [bp.count([det], num=3000)]),
    "count, lines of JSON": (3000, lambda: [bp.count([det], num=3000)]),
    "count, against bluesky's bare engine": (3000, lambda: [bare_events()]),
    "scan": (1500, lambda: [bp.scan([det], motor, -1, 1, num=1500)]),
    "grid_scan 100 × 100": (1600, lambda: [grid()]),
    "open and close": (1000, lambda: [runs()]),
    "calls of the engine": (300, lambda: [bp.count([det]) for _ in range(300)]),
}


def rate(case):
    number, plans = CASES[case]
    engine = RunEngine({})
    engine([Msg("null")])
    if case.endswith("a subscriber"):
        engine.subscribe(lambda name, doc: None)
    if case.endswith("JSON"):
        engine.subscribe(write_line([]))
    plans = plans()
    begin = time.process_time()
    for plan in plans:
        engine(plan)
    return number / (time.process_time() - begin)


def pause_of_a_sleep():
    logging.getLogger("bluesky").setLevel(logging.CRITICAL)
    engine, times = RunEngine({}), []
    sleeping = threading.Event()
    engine.msg_hook = lambda msg: sleeping.set() if msg.command == "sleep" else None

    def interrupt():
        sleeping.wait()
        time.sleep(0.02)
        begins.append(time.perf_counter())
        engine.request_pause(defer=False)

    for _ in range(20):
        begins = []
        sleeping.clear()
        thread = threading.Thread(target=interrupt)
        thread.start()
        try:
            engine([Msg("checkpoint"), Msg("sleep", None, 5)])
        except Exception:
            times.append((time.perf_counter() - begins[0]) * 1000)
        thread.join()
        engine.halt()
    return statistics.median(times)


case = sys.argv[1]
with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
    result = pause_of_a_sleep() if case == "pause of a sleep" else rate(case)
print(result)
