"""The state of a worker that others see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Run:
    """A run that the present item has opened."""

    uid: str
    scan_id: int | None
    exit_status: str | None = None

    def json(self) -> dict[str, Any]:
        return {
            "uid": self.uid,
            "scan_id": self.scan_id,
            "is_open": self.exit_status is None,
            "exit_status": self.exit_status,
        }


@dataclass
class RunningTask:
    """A task that has been started."""

    uid: str
    time_start: float
    runs_in_background: bool

    def json(self) -> dict[str, Any]:
        return {
            "task_uid": self.uid,
            "time_start": self.time_start,
            "run_in_background": self.runs_in_background,
        }


@dataclass
class WorkerState:
    """The whole state; it is small and is sent whole with each change."""

    environment: str = "initializing"
    engine: str | None = None
    running_item: str | None = None
    suspensions: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    runs_version: int = 0
    tasks: list[RunningTask] = field(default_factory=list)
    lists_uid: str | None = None

    def json(self) -> dict[str, Any]:
        return {
            "environment_state": self.environment,
            "re_state": self.engine,
            "running_item_uid": self.running_item,
            "suspensions": self.suspensions,
            "run_list": [run.json() for run in self.runs],
            "run_list_version": self.runs_version,
            "tasks": [task.json() for task in self.tasks],
            "lists_uid": self.lists_uid,
        }

    # What happens, and what it changes.

    def opened(self, engine: str | None) -> None:
        self.environment = "idle"
        self.engine = engine

    def started_plan(self, item_uid: str) -> None:
        self.environment = "executing_plan"
        self.running_item = item_uid

    def changed_engine(self, engine: str | None) -> None:
        self.engine = engine
        if self.running_item is not None:
            self.environment = "idle" if engine == "paused" else "executing_plan"

    def opened_run(self, uid: str, scan_id: int | None) -> None:
        self.runs.append(Run(uid, scan_id))
        self.runs_version += 1

    def closed_run(self, uid: str, exit_status: str) -> None:
        for run in self.runs:
            if run.uid == uid:
                run.exit_status = exit_status
                self.runs_version += 1

    def finished_plan(self, engine: str | None) -> None:
        self.environment = "idle"
        self.engine = engine
        self.running_item = None
        # The list is emptied with each plan, and counts as changed also when there was nothing in it.
        self.runs = []
        self.runs_version += 1

    def started_task(self, task: RunningTask) -> None:
        self.tasks.append(task)
        if not task.runs_in_background:
            self.environment = "executing_task"

    def finished_task(self, uid: str) -> None:
        self.tasks = [task for task in self.tasks if task.uid != uid]
        if self.environment == "executing_task" and all(task.runs_in_background for task in self.tasks):
            self.environment = "idle"
