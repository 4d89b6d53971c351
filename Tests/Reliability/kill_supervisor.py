"""Kills the supervisor under a running queue, and starts another one at once, or only when the plan has ended.

The next supervisor must adopt the worker, and every plan must be in the history once, completed.
"""

import os
import random
import signal
import time

from harness import Manager, arguments, summary


def main():
    options = arguments(__doc__, count=20)
    dice = random.Random(options.seed)
    times = []
    with Manager(options.binaries) as manager:
        client = manager.client
        client.open_environment()
        (worker,) = manager.workers()
        expected = []
        for _ in range(options.count):
            expected += [client.add("count", ["det1"], num=10, delay=0.1), client.add("count", ["det2"], num=3, delay=0.1)]
            client.must("queue_start")
            client.wait_for(lambda s: s["manager_state"] == "executing_queue", 30, "the queue")
            time.sleep(dice.uniform(0, 0.8))
            if dice.random() < 0.25:
                # Its manager hangs, cannot end by itself, and has the address.
                os.kill(manager.managers()[0], signal.SIGSTOP)
            manager.kill_supervisor()
            # In half of the cases the plan ends while nobody looks.
            time.sleep(dice.choice([0, 0, dice.uniform(0, 0.3), 1.5]))
            assert manager.workers() == [worker], "the worker did not go on"
            began = time.monotonic()
            manager.start()
            times.append(time.monotonic() - began)
            assert manager.workers() == [worker], "the worker was not adopted"
            assert len(manager.managers()) == 1, "the former manager is still there"
            client.wait_for(
                lambda s: s["manager_state"] == "idle" and s["items_in_queue"] == 0, 60, "the end of the queue"
            )
        history = client.must("history_get")["items"]
        assert [item["item_uid"] for item in history] == expected, "plans are missing, doubled or in another order"
        assert all(item["result"]["exit_status"] == "completed" for item in history)
        scans = [number for item in history for number in item["result"]["scan_ids"]]
        assert scans == list(range(1, len(expected) + 1)), "there were runs that the history does not know"
        print("%d kills of the supervisor: %d plans completed, one worker all the time" % (options.count, len(expected)))
        print("  " + summary("the next one was in service", times))


if __name__ == "__main__":
    main()
