"""Tasks: functions that are called and scripts that are run beside the queue."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Callable

from re_worker.environment import Environment
from re_worker.reasons import reason
from re_worker.startup import CodeFailure

log = logging.getLogger("re_worker")


@dataclass
class TaskResult:
    """How a task ended."""

    task_uid: str
    success: bool
    msg: str
    traceback: str
    return_value: Any
    time_start: float
    time_stop: float

    def members(self) -> dict[str, Any]:
        """The members of the report."""
        return asdict(self)


class FunctionError(Exception):
    """Why a function cannot be called."""


class Task:
    """A function or a script; its end is told once, however it comes."""

    def __init__(
        self,
        command: Mapping[str, Any],
        time_start: float,
        environment: Environment,
        on_end: Callable[[TaskResult], None],
    ) -> None:
        self.uid: str = command["task_uid"]
        self.time_start = time_start
        self._environment = environment
        self._on_end = on_end
        self._work: Callable[[], Any]
        if command["kind"] == "function":
            self._title = "Execute function"
            item = command["item"]
            self._work = lambda: self._call(item["name"], item.get("args") or [], item.get("kwargs") or {})
        elif command["kind"] == "script":
            self._title = "Load script"
            script, lists, engine = command["script"], command["update_lists"], command["update_re"]
            self._work = lambda: environment.run_script(script, updates_lists=lists, updates_engine=engine)
        else:
            raise ValueError(f"there is no kind of task '{command['kind']}'")

    def start_thread(self) -> None:
        """Runs the task on a thread of its own, which does not keep the process alive."""
        threading.Thread(target=self._run_in_background, name=f"task {self.uid}", daemon=True).start()

    def _run_in_background(self) -> None:
        engine = self._environment.engine
        if engine is not None and hasattr(engine.run_engine, "loop"):
            # Devices and plans that are made in the task belong to the engine's loop.
            asyncio.set_event_loop(engine.run_engine.loop)
        self.run()

    def run(self) -> None:
        """Runs the task on this thread."""
        try:
            value = self._work()
            try:
                # A copy, which the function cannot change any more.
                value = json.loads(json.dumps(value))
            except Exception as error:
                raise ValueError(f"Task result can not be serialized as JSON: {error}") from error
        except BaseException as error:
            trace = error.traceback if isinstance(error, CodeFailure) else traceback.format_exc()
            message = f"Error occurred while executing '{self._title}': {reason(error)}"
            log.error("%s\n%s", message, trace)
            self._end(False, message, trace, None)
        else:
            self._end(True, "", "", value)

    def _end(self, success: bool, message: str, trace: str, value: Any) -> None:
        self._on_end(TaskResult(self.uid, success, message, trace, value, self.time_start, time.time()))

    def _call(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if name not in self._environment.namespace:
            raise FunctionError(f"Function '{name}' is not found in the worker namespace")
        function = self._environment.namespace[name]
        if not callable(function):
            raise FunctionError(f"Object '{name}' defined in worker namespace is not callable")
        if inspect.isgeneratorfunction(function):
            raise FunctionError(f"Object '{name}' defined in worker namespace is a generator function")
        return function(*args, **kwargs)
