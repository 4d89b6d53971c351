"""The worker as the manager knows it: commands come in, states and reports go out."""

from __future__ import annotations

import functools
import json
import logging
import threading
import time
import uuid
from collections.abc import Mapping
from typing import Any, Callable

from re_worker.console import Console
from re_worker.engine import Engine
from re_worker.environment import Environment, StartupFailure
from re_worker.event_loop import EventLoop
from re_worker.foreground import Foreground
from re_worker.link import Command, ManagerSession
from re_worker.plan_run import PlanResult, PlanRun
from re_worker.progress import ProgressFeed
from re_worker.reasons import reason
from re_worker.state import RunningTask, WorkerState
from re_worker.tasks import Task, TaskResult

log = logging.getLogger("re_worker")


class CommandRefused(Exception):
    """Why a command is not carried out; its text is for the reader."""


class Worker:
    """Owns the state. All its methods are called on the thread of the event loop.

    Plans, tasks and device code run on other threads; what they bring about comes back through ``EventLoop.post``.
    """

    _SECONDS_BETWEEN_LOOKS = 0.5
    # A wait that is over sooner is not told.
    _SECONDS_UNTIL_PROGRESS = 0.2
    _SECONDS_BETWEEN_PROGRESS = 0.1
    _TIME_FOR_TASKS = 0.5
    _TIME_FOR_REPORTS = 2.0

    def __init__(
        self,
        session: ManagerSession,
        state: WorkerState,
        environment: Environment,
        loop: EventLoop,
        foreground: Foreground,
        console: Console,
    ) -> None:
        self._session = session
        self._state = state
        self._environment = environment
        self._loop = loop
        self._foreground = foreground
        self._console = console
        self._lists: dict[str, Any] = {"plans": {}, "devices": {}}
        self._progress = ProgressFeed(self._posting(self._wait_began))
        self._plan_run: PlanRun | None = None
        self._is_open = False
        self._is_ending = False
        self._is_terminated = False
        self._is_grace_over = False
        self.exit_code = 0

    def start(self) -> None:
        """Has the main thread open the environment."""
        self._environment.follow(
            on_engine=self._posting(self._engine_changed),
            on_wait=self._progress.follow,
            on_lists=self._posting(self._lists_changed),
        )
        self._foreground.start(self._open)

    def read(self) -> None:
        """Carries out the commands that have arrived."""
        for command in self._session.receive():
            try:
                result = self._carry_out(command)
            except CommandRefused as refusal:
                self._session.refuse(command, str(refusal))
            except Exception as error:
                log.exception("The command '%s' failed", command.name)
                self._session.refuse(command, f"The command '{command.name}' failed: {error!r}")
            else:
                self._tell_state()
                if result is not None:
                    self._session.answer(command, result)

    def settle(self) -> None:
        """Passes on what was printed and what has changed, and ends when everything is done."""
        self._pass_on_console()
        self._tell_state()
        if self._is_ending:
            self._finish_if_done()

    @property
    def is_busy(self) -> bool:
        """Whether something runs that will end by itself; a paused plan does not."""
        return self._state.environment == "executing_plan" or bool(self._state.tasks)

    def terminate(self, reason: str) -> None:
        """Aborts the plan, if one runs, and ends."""
        if self._is_terminated:
            return
        self._is_terminated = True
        log.info("Ending: %s", reason)
        self._begin_end()
        if self._plan_run is not None:
            self._plan_run.abort(reason)
            self._leave_pause_to_end()

    def _leave_pause_to_end(self) -> None:
        """A plan that is paused when the worker ends is aborted by the main thread."""
        if self._is_ending and self._plan_run is not None and self._state.engine == "paused":
            self._state.changed_engine("aborting")
            self._foreground.start(functools.partial(self._plan_run.leave_pause, "abort"))

    def _tell_state(self) -> None:
        self._session.update(self._state.json())

    def _posting(self, event: Callable[..., None]) -> Callable[..., None]:
        """A function for other threads that has ``event`` called here."""
        return lambda *arguments: self._loop.post(functools.partial(event, *arguments))

    # Opening

    def _open(self) -> None:
        """On the main thread: runs the startup code."""
        try:
            self._environment.open()
        except StartupFailure as failure:
            self._loop.post(functools.partial(self._opening_failed, failure))
        else:
            self._loop.post(self._opened)

    def _opened(self) -> None:
        if self._is_ending:
            return
        self._is_open = True
        self._state.opened(self._environment.engine_state)
        self._look_at_suspenders()
        self._tell_state()
        self._session.report("environment_ready")

    def _look_at_suspenders(self) -> None:
        """Suspenders tell nobody when they begin or cease to hold plans."""
        self._state.suspensions = self._environment.suspensions
        self._loop.call_later(self._SECONDS_BETWEEN_LOOKS, self._look_at_suspenders)

    def _opening_failed(self, failure: StartupFailure) -> None:
        log.error("Failed to open the environment. %s\n%s", failure, failure.traceback)
        self._pass_on_console()
        self._state.environment = "failed"
        self.exit_code = 1
        self._begin_end()
        self._tell_state()
        self._session.report("environment_failed", msg=str(failure), traceback=failure.traceback)

    def _pass_on_console(self) -> None:
        for text in self._console.take():
            self._session.console(text)

    def _lists_changed(self, lists: dict[str, Any]) -> None:
        self._lists = lists
        self._state.lists_uid = str(uuid.uuid4())

    def _engine_changed(self, engine: str | None) -> None:
        self._state.changed_engine(engine)
        self._leave_pause_to_end()

    def _wait_began(self, wait: int) -> None:
        self._loop.call_later(self._SECONDS_UNTIL_PROGRESS, functools.partial(self._tell_progress, wait, None))

    def _tell_progress(self, wait: int, told: list[dict[str, Any]] | None) -> None:
        """Tells the progress of a wait until it is over, which an empty list says."""
        devices = self._progress.devices(wait)
        if devices is None:
            if told is not None:
                self._session.progress([])
            return
        if devices != told:
            self._session.progress(devices)
        self._loop.call_later(self._SECONDS_BETWEEN_PROGRESS, functools.partial(self._tell_progress, wait, devices))

    # Commands

    def _carry_out(self, command: Command) -> dict[str, Any] | None:
        """The answer; None if it comes later.

        :raises CommandRefused: if the command is not carried out.
        """
        if command.name == "permissions":
            return {}  # The manager checks what groups may do; the worker is told what is meant.
        if command.name == "ping":
            return {}
        if not self._is_open:
            raise CommandRefused("The environment is not open yet")
        if command.name == "lists":
            return self._lists
        if command.name == "metadata":
            self._read_metadata(command)
            return None
        if command.name == "run_plan":
            return self._run_plan(command.members)
        if command.name == "start_task":
            return self._start_task(command.members)
        if command.name == "pause":
            return self._pause(deferred=command.members.get("option") != "immediate")
        if command.name in ("resume", "stop", "abort", "halt"):
            return self._leave_pause(command.name)
        if command.name == "close":
            return self._close()
        raise CommandRefused(f"This worker does not know the command '{command.name}'")

    def _read_metadata(self, command: Command) -> None:
        """Answers when the metadata are there, which is read on a thread of its own: it may be slow or never end."""
        engine = self._environment.engine
        if engine is None:
            raise CommandRefused("Run Engine does not exist in worker environment")

        def read() -> None:
            try:
                answer = functools.partial(self._session.answer, command, _json_metadata(engine))
            except CommandRefused as refusal:
                answer = functools.partial(self._session.refuse, command, str(refusal))
            self._loop.post(answer)

        threading.Thread(target=read, name="metadata", daemon=True).start()

    def _check_idle(self, what: str) -> None:
        if self._is_ending or self._state.environment != "idle" or self._state.running_item is not None:
            state = "paused" if self._state.environment == "idle" else self._state.environment
            raise CommandRefused(f"Attempted to start a {what} in '{state}' environment state. Accepted state: 'idle'")

    def _run_plan(self, members: Mapping[str, Any]) -> dict[str, Any]:
        self._check_idle("plan")
        engine = self._environment.engine
        if engine is None:
            raise CommandRefused("Run Engine does not exist in worker environment")
        item = members["item"]
        run = PlanRun(
            item,
            members["call"],
            self._environment.namespace,
            engine,
            on_run_opened=self._posting(self._state.opened_run),
            on_run_closed=self._posting(self._state.closed_run),
            on_end=self._posting(self._plan_ended),
        )
        self._plan_run = run
        self._state.started_plan(item["item_uid"])
        self._foreground.start(run.start)
        return {}

    def _plan_ended(self, result: PlanResult) -> None:
        runs = self._state.runs
        self._plan_run = None
        self._state.finished_plan(self._environment.engine_state)
        self._pass_on_console()
        self._tell_state()
        self._session.report(
            "plan_finished",
            item_uid=result.item_uid,
            exit_status=result.exit_status,
            run_uids=[run.uid for run in runs],
            scan_ids=[run.scan_id for run in runs],
            msg=result.message,
            traceback=result.traceback,
        )

    def _pause(self, deferred: bool) -> dict[str, Any]:
        state = self._environment.engine_state
        if self._plan_run is None or state != "running":
            raise CommandRefused(f"Run engine can be paused only in 'running' state. Current state: '{state}'")
        self._plan_run.pause(deferred)
        return {}

    def _leave_pause(self, option: str) -> dict[str, Any]:
        state = self._environment.engine_state
        if self._plan_run is None or state != "paused" or self._is_ending:
            raise CommandRefused(f"Run Engine must be in 'paused' state to continue. The state is '{state}'")
        # After the answer no state may say 'paused' any more, even if the engine needs a moment.
        following = {"resume": "running", "stop": "stopping", "abort": "aborting", "halt": "halting"}
        self._state.changed_engine(following[option])
        self._foreground.start(functools.partial(self._plan_run.leave_pause, option))
        return {}

    def _start_task(self, members: Mapping[str, Any]) -> dict[str, Any]:
        if self._is_ending:
            raise CommandRefused("The environment is being closed")
        runs_in_background = bool(members.get("run_in_background"))
        if not runs_in_background:
            self._check_idle("foreground task")
        task = Task(members, time.time(), self._environment, on_end=self._posting(self._task_ended))
        self._state.started_task(RunningTask(task.uid, task.time_start, runs_in_background))
        if runs_in_background:
            task.start_thread()
        else:
            self._foreground.start(task.run)
        return {}

    def _task_ended(self, result: TaskResult) -> None:
        self._state.finished_task(result.task_uid)
        self._state.engine = self._state.engine if self._plan_run else self._environment.engine_state
        self._pass_on_console()
        self._tell_state()
        # A task that was cut short because the environment ends has no result.
        if not self._is_ending:
            self._session.report("task_finished", **result.members())

    def _close(self) -> dict[str, Any]:
        if self._state.running_item is not None:
            raise CommandRefused("The environment cannot be closed while a plan is running or paused")
        if self._state.environment == "executing_task":
            raise CommandRefused("The environment cannot be closed while a foreground task is running")
        self._state.environment = "closing"
        self._begin_end()
        return {}

    # The end

    def _begin_end(self) -> None:
        """Ends the process when nothing runs any more.

        The plan has cleaned up (it has all the time that the supervisor gives it), tasks have ended or had their time,
        and the reports are safe with a manager or have waited for one.
        """
        if self._is_ending:
            return
        self._is_ending = True
        self._loop.call_later(self._TIME_FOR_TASKS, self._end_grace)
        self._loop.call_later(self._TIME_FOR_REPORTS, self._give_up_reports)

    def _end_grace(self) -> None:
        self._is_grace_over = True

    def _give_up_reports(self) -> None:
        if self._state.running_item is None:
            self._session.abandon_reports()
        else:
            self._loop.call_later(0.1, self._give_up_reports)

    def _finish_if_done(self) -> None:
        if self._state.running_item is not None or (self._state.tasks and not self._is_grace_over):
            return
        if self._session.is_settled:
            self._loop.stop()


def _json_metadata(engine: Engine) -> Any:
    """A copy of the metadata of the run engine that JSON can hold and nobody changes any more."""
    try:
        metadata = engine.metadata()
    except Exception as error:
        raise CommandRefused(f"The metadata of the run engine cannot be read: {reason(error)}") from error
    try:
        return json.loads(json.dumps(metadata))
    except Exception as error:
        raise CommandRefused(f"Failed to serialize RE metadata with JSON: {reason(error)}") from error
