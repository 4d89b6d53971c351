"""The worker's end of the worker link: one 0MQ socket to whichever manager said hello last."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator
from typing import Any, Callable, NamedTuple

import zmq

from re_worker import json_values

PROTOCOL_VERSION = 1


class Command(NamedTuple):
    """A command of the manager: its number, its name, and all its members."""

    number: int
    name: str
    members: dict[str, Any]


class _Backlog:
    """Console output that waits for a manager. When it gets too long, the oldest goes."""

    _CAPACITY = 1 << 20

    def __init__(self) -> None:
        self._pieces: deque[str] = deque()
        self._size = 0
        self._dropped = 0

    def append(self, text: str) -> None:
        self._pieces.append(text)
        self._size += len(text)
        while self._size > self._CAPACITY:
            oldest = len(self._pieces.popleft())
            self._size -= oldest
            self._dropped += oldest

    def take(self) -> list[str]:
        note = [f"... {self._dropped} characters of output were dropped ...\n"] if self._dropped else []
        pieces = note + list(self._pieces)
        self._pieces.clear()
        self._size = self._dropped = 0
        return pieces


class ManagerSession:
    """Messages from and to the manager. It belongs to the thread of the event loop.

    Managers come and go: the one that said hello last gets everything, and first of all the state, the console output
    that was kept, and the reports that no manager has acknowledged.
    """

    def __init__(self, endpoint: str, state: dict[str, Any]) -> None:
        self.on_hello: Callable[[int | None], None] = lambda supervisor: None
        # Not the instance that a profile may use.
        self._context = zmq.Context()
        self.socket = self._context.socket(zmq.ROUTER)
        self.socket.set_hwm(0)
        # Console output for a manager that has gone is kept for the next one.
        self.socket.router_mandatory = 1
        # The last words of a worker that ends should still get out.
        self.socket.linger = 500
        self.socket.bind(endpoint)
        self._manager: bytes | None = None
        self._state = state
        self._last_report = 0
        self._unacknowledged: list[dict[str, Any]] = []
        self._kept_console = _Backlog()

    @property
    def is_settled(self) -> bool:
        """Whether all reports have been acknowledged."""
        return not self._unacknowledged

    def abandon_reports(self) -> None:
        """Forgets the reports that nobody has acknowledged."""
        self._unacknowledged.clear()

    def update(self, state: dict[str, Any]) -> None:
        """Tells the state, if it differs from what was told last."""
        if state != self._state:
            self._state = state
            self._send("state", state)

    def report(self, name: str, **members: Any) -> None:
        """Reports what happened, now and again until a manager has acknowledged it."""
        self._last_report += 1
        report = {"number": self._last_report, "report": name, **members}
        self._unacknowledged.append(report)
        self._send("report", report)

    def answer(self, command: Command, result: dict[str, Any]) -> None:
        """Says that a command was accepted."""
        self._send("answer", {"id": command.number, "success": True, "result": result})

    def refuse(self, command: Command, reason: str) -> None:
        """Says that a command was not accepted, and why."""
        self._send("answer", {"id": command.number, "success": False, "msg": reason})

    def console(self, text: str) -> None:
        """Passes on console output. The last of what is written while there is no manager is kept for the next one."""
        if not self._send("console", {"text": text}):
            self._kept_console.append(text)

    def progress(self, devices: list[dict[str, Any]]) -> None:
        """Tells how far the devices are that the plan waits for. It is not kept for a later manager."""
        self._send("progress", {"devices": devices})

    def receive(self) -> Iterator[Command]:
        """The commands that have arrived. Messages that cannot be read, or from former managers, are passed over."""
        while True:
            try:
                frames = self.socket.recv_multipart(zmq.DONTWAIT)
            except zmq.Again:
                return
            command = self._command(frames)
            if command is not None:
                yield command

    def close(self) -> None:
        """Sends what is still on its way and ends."""
        self.socket.close()
        self._context.term()

    def _command(self, frames: list[bytes]) -> Command | None:
        try:
            identity, frame = frames
            message = json.loads(frame)
            kind = message["type"]
            if kind == "hello":
                self._welcome(identity)
                supervisor = message.get("supervisor")
                self.on_hello(supervisor if isinstance(supervisor, int) else None)
            elif identity == self._manager and kind == "acknowledge":
                through = message["number"]
                self._unacknowledged = [report for report in self._unacknowledged if report["number"] > through]
            elif identity == self._manager and kind == "command":
                return Command(message["id"], str(message["command"]), message)
        except (ValueError, KeyError, TypeError):
            pass
        return None

    def _welcome(self, identity: bytes) -> None:
        self._manager = identity
        self._send("welcome", {"version": PROTOCOL_VERSION, "pid": os.getpid(), **self._state})
        for text in self._kept_console.take():
            self.console(text)
        for report in self._unacknowledged:
            self._send("report", report)

    def _send(self, kind: str, members: dict[str, Any]) -> bool:
        """Sends a message; tells whether there is a manager that gets it."""
        if self._manager is None:
            return False
        try:
            self.socket.send_multipart([self._manager, json_values.encode({"type": kind, **members})])
        except zmq.ZMQError:
            return False
        return True
