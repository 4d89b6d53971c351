"""Drives a manager with the package bluesky-queueserver-api, as a beamline's script does.

usage: api_client.py CONTROL_ADDRESS INFO_ADDRESS
"""

import sys

from bluesky_queueserver_api import BInst, BPlan
from bluesky_queueserver_api.zmq import REManagerAPI

control, info = sys.argv[1:3]
RM = REManagerAPI(zmq_control_addr=control, zmq_info_addr=info)

status = RM.status()
assert status["msg"].startswith("RE Manager v"), status
assert RM.ping()["manager_state"] == "idle"

RM.environment_open()
RM.wait_for_idle(timeout=30)
assert RM.status()["worker_environment_exists"]

assert "count" in RM.plans_allowed()["plans_allowed"]
assert "det1" in RM.devices_allowed()["devices_allowed"]

RM.item_add(BPlan("count", ["det1", "det2"], num=3, delay=0.1))
RM.item_add(BPlan("scan", ["det1"], "motor1", -1, 1, 5))
RM.item_add(BPlan("mv", "motor1", 0))
last = RM.item_add(BInst("queue_stop"))
assert last["qsize"] == 4, last
assert len(RM.queue_get()["items"]) == 4
removed = RM.item_remove(uid=last["item"]["item_uid"])
assert removed["qsize"] == 3

try:
    RM.item_add(BPlan("no_such_plan"))
except RM.RequestFailedError as error:
    assert "not in the list of allowed plans" in str(error)
else:
    raise AssertionError("a plan that does not exist was accepted")

RM.queue_start()
RM.wait_for_idle(timeout=60)
history = RM.history_get()["items"]
assert [item["name"] for item in history] == ["count", "scan", "mv"], history
assert all(item["result"]["exit_status"] == "completed" for item in history), history

RM.item_add(BPlan("count", ["det1"], num=1000, delay=0.05))
RM.queue_start()
RM.wait_for_condition(lambda status: status["re_state"] == "running", timeout=10)
RM.re_pause(option="immediate")
RM.wait_for_idle_or_paused(timeout=10)
assert RM.status()["manager_state"] == "paused"
assert len(RM.re_runs()["run_list"]) == 1
RM.re_abort()
RM.wait_for_idle(timeout=10)
assert RM.history_get()["items"][-1]["result"]["exit_status"] == "aborted"

RM.queue_clear()
RM.history_clear()
RM.environment_close()
RM.wait_for_idle(timeout=10)
assert not RM.status()["worker_environment_exists"]
RM.close()
print("all calls went as they should")
