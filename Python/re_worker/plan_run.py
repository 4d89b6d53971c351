"""One plan of the queue, from its start to its end, over as many pauses as it takes."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable

from re_worker.calls import PlanCall
from re_worker.engine import Engine
from re_worker.reasons import reason


@dataclass
class PlanResult:
    """How the plan of an item ended."""

    item_uid: str
    exit_status: str
    message: str = ""
    traceback: str = ""


class PlanRun:
    """Runs the plan of an item on the main thread; the end is told once, however it comes."""

    _STATUS = {"start": "completed", "resume": "completed", "stop": "stopped", "abort": "aborted", "halt": "halted"}

    def __init__(
        self,
        item: Mapping[str, Any],
        call: Mapping[str, Any],
        namespace: dict[str, Any],
        engine: Engine,
        on_run_opened: Callable[[str, int | None], None],
        on_run_closed: Callable[[str, str], None],
        on_end: Callable[[PlanResult], None],
    ) -> None:
        self._item_uid: str = item["item_uid"]
        self._name: str = item["name"]
        self._call = PlanCall(self._name, call)
        self._namespace = namespace
        self._engine = engine
        self._on_run_opened = on_run_opened
        self._on_run_closed = on_run_closed
        self._on_end = on_end
        self._abort_reason: str | None = None
        self._has_ended = False

    # On the main thread

    def start(self) -> None:
        """Starts the plan; returns when it has ended or is paused."""
        try:
            plan = self._call.make_plan(self._namespace)
        except BaseException as error:
            self._fail(f"Error occurred while processing plan parameters or starting the plan: {reason(error)}")
            return
        if self._abort_reason is not None:
            self._end("aborted", f"The plan was not started: {self._abort_reason}")
            return
        self._proceed("start", lambda: self._engine.run(plan, self._follow, self._call.metadata))

    def leave_pause(self, option: str) -> None:
        """Resumes, stops, aborts or halts the paused plan; returns when it has ended or is paused again."""
        if not self._has_ended:
            self._proceed(option, lambda: self._engine.leave_pause(option))

    def _proceed(self, option: str, step: Callable[[], Any]) -> None:
        try:
            step()
        except BaseException as error:
            if self._engine.state == "paused":
                return
            if self._abort_reason is not None:
                self._end("aborted", f"Plan failed: {self._abort_reason}")
            else:
                self._fail(reason(error))
        else:
            self._end("aborted" if self._abort_reason is not None else self._STATUS[option])

    def _fail(self, message: str) -> None:
        self._end("failed", f"Plan failed: {message}", traceback.format_exc())

    def _end(self, exit_status: str, message: str = "", trace: str = "") -> None:
        self._has_ended = True
        self._on_end(PlanResult(self._item_uid, exit_status, message, trace))

    def _follow(self, name: str, document: Mapping[str, Any]) -> None:
        if name == "start":
            self._on_run_opened(document["uid"], document.get("scan_id"))
        elif name == "stop":
            self._on_run_closed(document["run_start"], document["exit_status"])

    # From the event loop

    def pause(self, deferred: bool) -> None:
        """Asks the plan to pause."""
        self._engine.request_pause(deferred)

    def abort(self, reason: str) -> None:
        """Asks the plan, if it runs, to end with its clean-up. A paused one is aborted with ``leave_pause``."""
        self._abort_reason = reason
        if self._engine.state not in ("idle", "paused", "panicked", None):
            self._engine.request_abort(reason)
