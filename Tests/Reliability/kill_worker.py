"""Kills the worker at random moments of its life: while the environment opens, idle, under a running and a paused plan.

Each time the manager must notice at once, account for the plan, and open the next environment.
"""

import os
import random
import signal
import time

from harness import Manager, arguments, percentile, summary, wait_until

MOMENTS = ["opening", "idle", "running", "paused"]
# The Swift runtime catches those of a crash and goes on if nothing is wrong; these two end every process.
SIGNALS = [signal.SIGKILL, signal.SIGXCPU]


def start_plan(client):
    """Starts a plan that would run for a long time, and returns the UID of its run."""
    client.must("queue_clear")
    client.add("count", ["det1"], num=100000, delay=0.01)
    client.must("queue_start")
    client.wait_for(lambda s: s["re_state"] == "running", 30, "the plan")
    return wait_until(lambda: client.must("re_runs")["run_list"], 30, "the run")[0]["uid"]


def main():
    options = arguments(__doc__, count=100)
    dice = random.Random(options.seed)
    noticed, reopened = [], []
    with Manager(options.binaries) as manager:
        client = manager.client
        plans = 0
        for turn in range(options.count):
            moment, number = MOMENTS[turn % len(MOMENTS)], dice.choice(SIGNALS)
            client.must("environment_open")
            run = None
            if moment != "opening":
                client.wait_for(lambda s: s["worker_environment_state"] == "idle", 30, "the environment")
            if moment in ("running", "paused"):
                run = start_plan(client)
                plans += 1
            if moment == "paused":
                client.must("re_pause", option="immediate")
                client.wait_for(lambda s: s["manager_state"] == "paused", 30, "the pause")
            (worker,) = wait_until(manager.workers, 10, "the worker")
            time.sleep(dice.uniform(0, 0.05))

            began = time.monotonic()
            os.kill(worker, number)
            client.wait_for(
                lambda s: not s["worker_environment_exists"] and s["manager_state"] == "idle", 60, "the manager to notice"
            )
            noticed.append(time.monotonic() - began)
            history = client.must("history_get")["items"]
            assert len(history) == plans, (turn, moment, len(history), plans)
            if run:
                result = history[-1]["result"]
                assert result["exit_status"] == "failed", result
                assert result["run_uids"] == [run], result
                assert "signal %d (" % number in result["msg"], result["msg"]
            began = time.monotonic()
            client.open_environment()
            reopened.append(time.monotonic() - began)
            client.must("environment_close")
            client.wait_for(lambda s: not s["worker_environment_exists"], 30, "the environment to close")
        print("%d kills of the worker: %d plans were accounted for" % (options.count, plans))
        print("  " + summary("the end was noticed", noticed))
        print("  " + summary("the next environment was open", reopened))
        if not options.lenient:
            assert percentile(noticed, 0.95) < 0.1, "killed workers were noticed too late"


if __name__ == "__main__":
    main()
