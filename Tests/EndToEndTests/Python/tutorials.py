"""The tutorials of bluesky-queueserver's documentation, their command lines in order, with this manager.

usage: tutorials.py START_RE_MANAGER QSERVER STARTUP_DIR TUTORIAL

QSERVER is the client's program: that of bluesky-queueserver, or ours, which is told to print JSON. Plans and functions
are shorter than in the text where nothing depends on it.
"""

import os
import re
import shutil
import subprocess
import sys

from terminals import PATIENCE, Terminal, program_beside, starter, until

COUNT = '\'{"name": "count", "args": [["det1", "det2"]], "kwargs": {"num": %d, "delay": %g}}\''
# What function_sleep prints of both workers.
SLEEPING = "aiting for %d s"
TUTORIALS = {}


def tutorial(function):
    TUTORIALS[function.__name__] = function
    return function


def is_idle(status):
    return status["manager_state"] == "idle"


def is_open(status):
    return is_idle(status) and status["worker_environment_exists"]


def is_closed(status):
    return is_idle(status) and status["worker_environment_state"] == "closed"


def open_environment(qserver):
    qserver("environment open")
    until(qserver, is_open)


@tutorial
def starting_queue_server(start):
    with start() as (manager, qserver):
        status = qserver("status")
        assert status["manager_state"] == "idle", status
        assert status["worker_environment_exists"] is False, status
        assert status["re_state"] is None and status["pause_pending"] is False, status
        manager.interrupt()
        assert manager.wait() == 0


@tutorial
def opening_closing_re_worker_environment(start):
    with start() as (_, qserver):
        open_environment(qserver)
        assert qserver("status")["re_state"] == "idle"
        assert qserver.refused("environment open")["msg"] == "RE Worker environment already exists."
        qserver("environment close")
        until(qserver, is_closed)
        assert qserver.refused("environment close")["msg"] == "RE Worker environment does not exist."
        open_environment(qserver)
        qserver("environment destroy")
        until(qserver, is_closed)
        open_environment(qserver)


@tutorial
def adding_queue_items(start):
    with start() as (_, qserver):
        assert {"scan", "count"} <= set(qserver("allowed plans")["plans_allowed"])
        assert {"det1", "det2", "motor"} <= set(qserver("allowed devices")["devices_allowed"])
        qserver("queue clear")
        assert qserver("status")["items_in_queue"] == 0
        queue = qserver("queue get")
        assert queue["items"] == [] and queue["running_item"] == {}, queue

        qserver("queue add plan " + COUNT % (10, 1))
        assert qserver("status")["items_in_queue"] == 1
        (item,) = qserver("queue get")["items"]
        assert item["kwargs"] == {"num": 10, "delay": 1} and item["user_group"] == "primary", item
        last = '\'{"name": "scan", "args": [["det1", "det2"], "motor", -1, 1, 10]}\''
        assert qserver("queue add plan " + last)["qsize"] == 2
        first = '\'{"name": "scan", "args": [["det1"], "motor", -2, 2, 5]}\''
        assert qserver("queue add plan front " + first)["qsize"] == 3
        assert qserver("queue add instruction -2 queue-stop")["qsize"] == 4
        names = [item["name"] for item in qserver("queue get")["items"]]
        # The text shows it one place further to the front. This is where bluesky-queueserver puts it too: in front of
        # the last item but one would be -3.
        assert names == ["scan", "count", "queue_stop", "scan"], names


@tutorial
def starting_stopping_queue(start):
    with start() as (_, qserver):
        qserver("queue clear")
        uids = [qserver("queue add plan " + COUNT % (10, 1))["item"]["item_uid"]]
        uids += [qserver("queue add plan " + COUNT % (2, 0.1))["item"]["item_uid"] for _ in range(2)]
        open_environment(qserver)
        qserver("history clear")
        status = qserver("status")
        assert status["items_in_history"] == 0 and status["items_in_queue"] == 3, status
        qserver("queue start")
        queue = qserver("queue get")
        assert queue["running_item"]["item_uid"] == uids[0], queue
        assert [item["item_uid"] for item in queue["items"]] == uids[1:], queue
        until(qserver, lambda status: is_idle(status) and status["items_in_history"] == 3)
        assert qserver("status")["items_in_queue"] == 0
        assert [item["item_uid"] for item in qserver("history get")["items"]] == uids

        qserver("queue add plan " + COUNT % (15, 1))
        qserver("queue add plan " + COUNT % (2, 0.1))
        qserver("queue start")
        qserver("queue stop")
        assert qserver("status")["queue_stop_pending"] is True
        qserver("queue stop cancel")
        assert qserver("status")["queue_stop_pending"] is False
        qserver("queue stop")
        status = until(qserver, is_idle)
        assert status["items_in_queue"] == 1 and status["items_in_history"] == 4, status
        assert status["queue_stop_pending"] is False


@tutorial
def interacting_with_run_engine(start):
    with start() as (manager, qserver):
        assert qserver("status")["re_state"] is None
        open_environment(qserver)
        assert qserver("status")["re_state"] == "idle"
        qserver("queue add plan " + COUNT % (3, 6))
        qserver("queue start")
        until(qserver, lambda status: status["re_state"] == "running")
        qserver("re pause")
        status = qserver("status")
        assert status["pause_pending"] is True and status["manager_state"] == "executing_queue", status
        status = until(qserver, lambda status: status["manager_state"] == "paused")
        assert status["pause_pending"] is False and status["re_state"] == "paused", status
        qserver("re resume")
        until(qserver, lambda status: status["re_state"] == "running")
        qserver("re pause immediate")
        until(qserver, lambda status: status["manager_state"] == "paused")
        qserver("re resume")
        until(qserver, is_idle)
        (item,) = qserver("history get")["items"]
        assert item["result"]["exit_status"] == "completed", item

        for end, outcome in (("stop", "stopped"), ("abort", "aborted"), ("halt", "halted")):
            qserver("queue clear")
            qserver("queue add plan " + COUNT % (1000, 1))
            qserver("queue start")
            until(qserver, lambda status: status["re_state"] == "running")
            qserver("re pause immediate")
            until(qserver, lambda status: status["manager_state"] == "paused")
            qserver(f"re {end}")
            until(qserver, is_idle)
            assert qserver("history get")["items"][-1]["result"]["exit_status"] == outcome
        qserver("environment close")
        until(qserver, is_closed)


@tutorial
def immediate_execution_of_plans(start):
    with start() as (_, qserver):
        open_environment(qserver)
        assert qserver("status")["re_state"] == "idle"
        started = qserver("queue execute plan " + COUNT % (3, 0.1))
        assert started["qsize"] == 0, started
        until(qserver, is_idle)
        (item,) = qserver("history get")["items"]
        assert item["item_uid"] == started["item"]["item_uid"], item
        assert item["result"]["exit_status"] == "completed" and len(item["result"]["run_uids"]) == 1, item
        assert item["result"]["traceback"] == "" and item["result"]["msg"] == "", item


@tutorial
def executing_functions(start):
    call = 'function execute \'{"name": "function_sleep", "args": [%d], "kwargs": {}}\''
    with start() as (manager, qserver):
        open_environment(qserver)
        uid = qserver(call % 8)["task_uid"]
        status = qserver("status")
        assert status["manager_state"] == "executing_task", status
        assert status["worker_environment_state"] == "executing_task", status
        assert status["worker_background_tasks"] == 0, status
        assert qserver(f"task status '{uid}'")["status"] == "running"
        until(qserver, is_idle)
        assert qserver(f"task status '{uid}'")["status"] == "completed"
        result = qserver(f"task result '{uid}'")["result"]
        assert result["return_value"] == {"success": True, "time": 8} and result["success"], result
        for count in (1, 2):
            qserver(call % 30 + " background")
            status = qserver("status")
            assert status["manager_state"] == status["worker_environment_state"] == "idle", status
            assert status["worker_background_tasks"] == count, status
        # Beside them a plan, a task in the foreground, and the end of the environment.
        qserver("queue execute plan " + COUNT % (2, 0.1))
        until(qserver, lambda status: is_idle(status) and status["items_in_history"] == 1)
        uid = qserver(call % 0)["task_uid"]
        until(qserver, is_idle)
        assert qserver(f"task status {uid}")["status"] == "completed"
        assert SLEEPING % 8 in manager.output
        qserver("environment close")
        until(qserver, is_closed)


@tutorial
def uploading_scripts(start):
    with start() as (_, qserver):
        qserver.write(
            "test_script.py",
            """
# Add a simple plan
def count_test(detectors, *, num=1, delay=1):
    yield from count(detectors, num=num, delay=delay)

# Wait for some time to emulate the script with longer execution time
ttime.sleep(8)
""",
        )
        open_environment(qserver)
        assert "count_test" not in qserver("allowed plans")["plans_allowed"]
        uid = qserver("script upload test_script.py")["task_uid"]
        status = qserver("status")
        assert status["manager_state"] == status["worker_environment_state"] == "executing_task", status
        assert qserver(f"task status '{uid}'")["status"] == "running"
        until(qserver, is_idle)
        assert qserver(f"task status '{uid}'")["status"] == "completed"
        result = qserver(f"task result '{uid}'")["result"]
        assert result["return_value"] is None and result["success"] and result["traceback"] == "", result
        assert "count_test" in qserver("allowed plans")["plans_allowed"]
        qserver('queue add plan \'{"name": "count_test", "args": [["det1"]]}\'')
        qserver("queue start")
        until(qserver, lambda status: is_idle(status) and status["items_in_history"] == 1)
        assert qserver("history get")["items"][0]["result"]["exit_status"] == "completed"
        # As the section on updating the environment has it, without a console.
        qserver("environment update")
        until(qserver, is_idle)


@tutorial
def queue_autostart_mode(start):
    with start() as (_, qserver):
        qserver("queue clear")
        qserver("history clear")
        assert qserver("status")["queue_autostart_enabled"] is False
        open_environment(qserver)
        qserver("queue autostart enable")
        assert qserver("status")["queue_autostart_enabled"] is True
        qserver("queue add plan " + COUNT % (2, 0.1))
        status = until(qserver, lambda status: is_idle(status) and status["items_in_history"] == 1)
        assert status["items_in_queue"] == 0 and status["queue_autostart_enabled"] is True, status
        qserver("environment close")
        until(qserver, is_closed)

        assert qserver("status")["queue_autostart_enabled"] is True
        for _ in range(2):
            qserver("queue add plan " + COUNT % (100, 0.2))
        qserver("environment open")
        until(qserver, lambda status: status["re_state"] == "running")
        qserver("re pause")
        until(qserver, lambda status: status["manager_state"] == "paused")
        qserver("re stop")
        status = until(qserver, is_idle)
        assert status["items_in_queue"] == 1 and status["items_in_history"] == 2, status
        assert status["queue_autostart_enabled"] is False, status


@tutorial
def start_queue_server_ipython(start):
    """The one that is not possible here: each of its steps says so."""
    with start() as (manager, qserver):
        refused = subprocess.run(
            [*manager.command, "--use-ipython-kernel=ON"], capture_output=True, text=True, timeout=60
        )
        assert refused.returncode != 0, refused
        assert "--use-ipython-kernel ON is not supported" in refused.stderr, refused
        open_environment(qserver)
        status = qserver("status")
        assert status["ip_kernel_state"] == "disabled" and status["ip_kernel_captured"] in (None, True), status
        assert "IPython" in qserver.refused("kernel interrupt")["msg"]
        console = subprocess.run(
            program_beside(qserver.program, "qserver-console"),
            capture_output=True,
            text=True,
            env=qserver.environment,
            timeout=60,
        )
        assert console.returncode != 0, console
        assert "IPython kernel" in console.stdout + console.stderr, console


@tutorial
def locking_re_manager(start):
    key = "--lock-key userlockkey "
    with start() as (_, qserver):
        assert qserver("status")["lock"] == {"environment": False, "queue": False}
        info = qserver("lock info")["lock_info"]
        assert info["note"] is None and info["emergency_lock_key_is_set"] is False, info
        note = "The environment is locked. Do not unlock environment!"
        info = qserver(key + f'lock environment "{note}"')["lock_info"]
        assert info["environment"] is True and info["queue"] is False and info["note"] == note, info
        assert info["user"] == "qserver-cli", info
        reply = qserver.refused("--lock-key someinvalidkey lock info")
        assert "Invalid lock key" in reply["msg"] and f"Note: {note}" in reply["msg"], reply
        qserver(key + "lock info")
        assert "Environment is locked: True" in qserver.refused("environment open")["msg"]
        qserver(key + "environment open")
        until(qserver, is_open)
        qserver(key + "environment close")
        until(qserver, is_closed)
        info = qserver(key + "lock queue")["lock_info"]
        assert info["queue"] is True and info["environment"] is False and info["note"] is None, info
        assert "Queue is locked:       True" in qserver.refused("queue add plan " + COUNT % (1, 0))["msg"]
        assert qserver(key + "queue add plan " + COUNT % (1, 0))["qsize"] == 1
        info = qserver(key + "lock all")["lock_info"]
        assert info["queue"] and info["environment"], info
        info = qserver(key + "unlock")["lock_info"]
        assert not info["queue"] and not info["environment"] and info["user"] is None, info
        qserver("--lock-key key-to-forget lock environment")
    with start(QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER="emlockkey") as (_, qserver):
        info = qserver("lock info")["lock_info"]
        assert info["environment"] is True and info["emergency_lock_key_is_set"] is True, info
        qserver("--lock-key emlockkey unlock")
        assert qserver("lock info")["lock_info"]["environment"] is False
        qserver("--lock-key key-to-forget lock environment")
    cleared = subprocess.run(
        [*program_beside(start.program, "qserver-clear-lock"), "--state-dir", start.state_dir],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert cleared.returncode == 0, cleared
    with start() as (_, qserver):
        assert qserver("lock info")["lock_info"]["environment"] is False


@tutorial
def changing_user_group_permissions(start):
    with start() as (_, qserver):
        assert "grid_scan" in qserver("allowed plans")["plans_allowed"]
        permissions = qserver("permissions get")["user_group_permissions"]
        assert permissions["user_groups"]["primary"]["allowed_plans"] == [":.*"], permissions
        qserver.write(
            "new_permissions.yaml",
            """
user_groups:
  root:  # The group includes all available plan and devices
    allowed_plans:
      - null  # Allow all
    forbidden_plans:
      - ":^_"  # All plans with names starting with '_'
    allowed_devices:
      - null  # Allow all
    forbidden_devices:
      - ":^_:?.*"  # All devices with names starting with '_'
    allowed_functions:
      - null  # Allow all
    forbidden_functions:
      - ":^_"  # All functions with names starting with '_'
  primary:  # The group includes beamline staff, includes all or most of the plans and devices
    allowed_plans:
      - ":.*"  # Different way to allow all plans.
    forbidden_plans:
      - "grid_scan"
    allowed_devices:
      - ":?.*:depth=5"  # Allow all device and subdevices. Maximum deepth for subdevices is 5.
    forbidden_devices:
      - null  # Nothing is forbidden
    allowed_functions:
      - "function_sleep"  # Explicitly listed name
""",
        )
        qserver("permissions set new_permissions.yaml")
        permissions = qserver("permissions get")["user_group_permissions"]
        assert permissions["user_groups"]["primary"]["forbidden_plans"] == ["grid_scan"], permissions
        allowed = qserver("allowed plans")["plans_allowed"]
        assert "grid_scan" not in allowed and "inner_product_scan" in allowed
        refused = qserver.refused('queue add plan \'{"name": "grid_scan", "args": [["det1"], "motor", -1, 1, 10]}\'')
        assert "not in the list of allowed plans" in refused["msg"], refused


@tutorial
def running_custom_startup_code(start):
    names = copy_startup_files(start)
    with start("--startup-dir", start.startup_copy, startup=False) as (manager, qserver):
        assert sorted(os.listdir(start.startup_copy)) == names
        assert "existing_plans_and_devices.yaml' does not exist" in manager.output
        assert qserver("allowed plans")["plans_allowed"] == {}
        open_environment(qserver)
        assert "count" in qserver("allowed plans")["plans_allowed"]
    assert sorted(set(os.listdir(start.startup_copy)) - set(names)) in (
        ["existing_plans_and_devices.yaml"],
        ["__pycache__", "existing_plans_and_devices.yaml"],
    )
    # As an IPython profile. The plans are known now before the environment is open.
    profile = os.path.join(start.folder, "ipython", "profile_collection")
    shutil.copytree(start.startup_copy, os.path.join(profile, "startup"))
    options = ["--startup-profile", "collection", "--ipython-dir", os.path.dirname(profile)]
    with start(*options, startup=False) as (_, qserver):
        assert "count" in qserver("allowed plans")["plans_allowed"]
        open_environment(qserver)


@tutorial
def manual_gen_list_of_plans_devices(start):
    names = copy_startup_files(start)
    lists = program_beside(start.program, "qserver-list-plans-devices")
    python = ["--python", sys.executable]
    target = os.path.join(start.startup_copy, "existing_plans_and_devices.yaml")
    for command, folder in (
        ([*lists, "--startup-dir", start.startup_copy, "--file-dir", start.startup_copy], start.folder),
        ([*lists, "--startup-dir", "."], start.startup_copy),
    ):
        written = subprocess.run(command + python, cwd=folder, capture_output=True, text=True, timeout=120)
        assert written.returncode == 0, written
        assert f"devices of '{start.startup_copy}' are listed" in written.stdout, written
        assert set(names) < set(os.listdir(start.startup_copy))
        with open(target) as file:
            assert re.search("^  count:$", file.read(), re.MULTILINE)
        os.remove(target)


@tutorial
def remote_monitoring(start):
    call = 'function execute \'{"name": "function_sleep", "args": [0], "kwargs": {}}\''
    shown = SLEEPING % 0
    info = start.free_address()
    command = [*program_beside(start.qserver, "qserver-console-monitor"), "--zmq-info-addr", info]
    options = ["--zmq-publish-console", "ON", "--zmq-info-addr", info]
    with Terminal.following(command) as monitor:
        for printed in ("ON", "OFF"):
            address = start.free_address()
            quiet = ["--console-output", "OFF", "--zmq-control-addr", address] if printed == "OFF" else []
            before = monitor.output.count(shown)
            with start(*options, *quiet, address=address if quiet else None) as (manager, qserver):
                open_environment(qserver)
                # The monitor may need a moment to find the manager.
                for _ in range(PATIENCE):
                    qserver(call)
                    until(qserver, is_idle)
                    if monitor.output.count(shown) > before:
                        break
                assert monitor.output.count(shown) > before
                if printed == "ON":
                    manager.wait_for_output(shown)
                else:
                    assert manager.output == "", manager.output
        monitor.interrupt()
        monitor.wait()


def copy_startup_files(start):
    """The startup code and the permissions without the list, as the text wants it; returns the names of the files."""
    os.mkdir(start.startup_copy)
    for name in os.listdir(start.startup_dir):
        if name.endswith(".py") or name == "user_group_permissions.yaml":
            shutil.copy(os.path.join(start.startup_dir, name), start.startup_copy)
    return sorted(os.listdir(start.startup_copy))


if __name__ == "__main__":
    *programs, name = sys.argv[1:]
    with starter(*programs) as start:
        TUTORIALS[name](start)
    print(f"{name}: everything went as the text says")
