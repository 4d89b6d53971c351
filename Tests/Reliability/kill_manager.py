"""Kills and stops the manager at random moments, while a queue runs and a client changes it.

Afterwards the history must be exactly what the acknowledged changes of the queue make it: every plan that was added and
not removed has run once, in the order of the queue, undisturbed.
"""

import os
import random
import signal
import threading
import time

from harness import Client, Manager, NoReply, arguments, summary

READINGS = 3


class Editor:
    """Adds, moves and removes plans, and keeps in mind in which order all plans have to run.

    A plan is known by a number of its own in its metadata. A request that gets no reply was carried out or not: the
    queue tells.
    """

    def __init__(self, client, dice):
        self.client = client
        self.dice = dice
        self.order = []
        self.last = 0
        self.changes = 0
        self.unanswered = 0

    def step(self):
        queue = self.queue()
        kind = self.dice.random()
        if len(queue) < 6 or kind < 0.4:
            self.add()
        elif kind < 0.75:
            # Plans at the front may be gone before the request arrives, which is refused then.
            moved, target = self.dice.sample(queue, 2)
            self.move(moved, target)
        elif len(queue) > 10:
            self.remove(self.dice.choice(queue))

    def add(self):
        self.last += 1
        item = {
            "item_type": "plan", "name": "count", "args": [["det1"]],
            "kwargs": {"num": READINGS, "delay": 0.02, "md": {"number": self.last}},
        }
        self.change("queue_item_add", self.order + [self.last], item=item, user="Ada", user_group="primary")

    def move(self, moved, target):
        (number, uid), (target_number, target_uid) = moved, target
        order = [entry for entry in self.order if entry != number]
        order.insert(order.index(target_number) + 1, number)
        self.change("queue_item_move", order, uid=uid, after_uid=target_uid)

    def remove(self, removed):
        number, uid = removed
        self.change("queue_item_remove", [entry for entry in self.order if entry != number], uid=uid)

    def change(self, method, order, **parameters):
        """Asks for a change that leads to this order."""
        try:
            reply = self.client.ask(method, timeout=0.5, **parameters)
        except NoReply:
            self.unanswered += 1
            # If the plan in question has run meanwhile, the history tells too.
            known = self.everything()
            if known == order:
                self.order = order
            else:
                assert known == self.order, (method, known[-20:], self.order[-20:], order[-20:])
            return
        if reply["success"]:
            self.changes += 1
            self.order = order

    def queue(self):
        """The numbers and UIDs of the plans that wait."""
        return [(number_of(item), item["item_uid"]) for item in self.patiently("queue_get")["items"]]

    def everything(self):
        """The numbers of all plans that have run, run or wait, in order."""
        while True:
            history = self.patiently("history_get")
            queue = self.patiently("queue_get")
            if self.patiently("history_get")["plan_history_uid"] == history["plan_history_uid"]:
                running = [queue["running_item"]] if queue["running_item"] else []
                return [number_of(item) for item in history["items"] + running + queue["items"]]

    def patiently(self, method):
        """The reply to a request that changes nothing, sent until it comes."""
        while True:
            try:
                return self.client.ask(method, timeout=0.5)
            except NoReply:
                pass


def number_of(item):
    return item["kwargs"]["md"]["number"]


class Killer(threading.Thread):
    """Kills and stops the manager, each time as soon as it has been back in service for a random time."""

    def __init__(self, manager, dice, kills, stops):
        super().__init__()
        self.manager = manager
        self.dice = dice
        self.kinds = [signal.SIGKILL] * kills + [signal.SIGSTOP] * stops
        dice.shuffle(self.kinds)
        self.times = {signal.SIGKILL: [], signal.SIGSTOP: []}
        self.error = None

    def run(self):
        try:
            for kind in self.kinds:
                time.sleep(self.dice.uniform(0, 0.8))
                self.strike(kind)
        except BaseException as error:
            self.error = error

    def strike(self, kind):
        (pid,) = self.manager.managers()
        began = time.monotonic()
        os.kill(pid, kind)
        client = Client(self.manager.address)
        while True:
            try:
                # The reply must be that of the next manager: one that was stopped gives none.
                client.ask("status", timeout=0.05)
                break
            except NoReply:
                assert time.monotonic() - began < 60, "no manager has come"
        client.close()
        self.times[kind].append(time.monotonic() - began)


def main():
    options = arguments(__doc__, count=200)
    stops = max(1, options.count // 10)
    dice = random.Random(options.seed)
    with Manager(options.binaries, "--manager-restarts", "10000") as manager:
        client = manager.client
        client.open_environment()
        (worker,) = manager.workers()
        editor = Editor(client, dice)
        for _ in range(10):
            editor.add()
        client.must("queue_autostart", enable=True)
        killer = Killer(manager, random.Random(dice.random()), options.count - stops, stops)
        killer.start()
        while killer.is_alive():
            editor.step()
        killer.join()
        if killer.error:
            raise killer.error
        client.wait_for(
            lambda s: s["items_in_queue"] == 0 and s["manager_state"] == "idle", 300, "the end of the queue"
        )

        history = client.must("history_get")["items"]
        assert [number_of(item) for item in history] == editor.order, "plans are missing, doubled or in another order"
        results = [item["result"] for item in history]
        disturbed = [result for result in results if result["exit_status"] != "completed" or result["msg"]]
        assert not disturbed, disturbed
        runs = [uid for result in results for uid in result["run_uids"]]
        assert len(set(runs)) == len(history), "plans have run twice or not at all"
        scans = [number for result in results for number in result["scan_ids"]]
        assert scans == list(range(1, len(history) + 1)), "there were runs that the history does not know"
        assert manager.workers() == [worker], "the worker is another one"
        kills, freezes = killer.times[signal.SIGKILL], killer.times[signal.SIGSTOP]
        print("%d kills and %d stops of the manager:" % (len(kills), len(freezes)))
        print("  %d plans ran once each, in order; %d changes were acknowledged, %d requests got no reply"
              % (len(history), editor.changes, editor.unanswered))
        print("  " + summary("back in service after a kill", kills))
        print("  " + summary("back in service after a stop", freezes))
        if not options.lenient:
            assert max(kills) < 1, "a manager took more than a second to be back"


if __name__ == "__main__":
    main()
