"""How far the devices are that a plan waits for."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable
from typing import Any, Callable

_MEMBERS = (
    "name",
    "current",
    "initial",
    "target",
    "unit",
    "precision",
    "fraction",
    "time_elapsed",
    "time_remaining",
)


class ProgressFeed:
    """Follows the statuses of one wait after the other, on the threads of the engine and of the devices.

    :param on_wait: called with the number of each wait for devices that are not there yet.
    """

    def __init__(self, on_wait: Callable[[int], None]) -> None:
        self._on_wait = on_wait
        self._lock = threading.Lock()
        self._wait = 0
        self._devices: list[dict[str, Any]] | None = None

    def follow(self, statuses: Iterable[Any] | None) -> None:
        """A hook for ``RunEngine.waiting_hook``: follows these until the next call; None says that the wait is over."""
        pending = [status for status in statuses or () if not getattr(status, "done", True)]
        with self._lock:
            self._wait += 1
            wait = self._wait
            self._devices = [{"name": _name(status)} for status in pending] if pending else None
        for index, status in enumerate(pending):
            if hasattr(status, "watch"):
                status.watch(functools.partial(self._update, wait, index))
        if pending:
            self._on_wait(wait)

    def devices(self, wait: int) -> list[dict[str, Any]] | None:
        """What is known of the devices of a wait; None if it is over."""
        with self._lock:
            if wait != self._wait or self._devices is None:
                return None
            return [dict(device) for device in self._devices]

    def _update(self, wait: int, index: int, **members: Any) -> None:
        told = {name: members[name] for name in _MEMBERS if members.get(name) is not None}
        with self._lock:
            if wait == self._wait and self._devices is not None:
                self._devices[index].update(told)


def _name(status: Any) -> str | None:
    for attribute in ("device", "obj", "pos"):
        name = getattr(getattr(status, attribute, None), "name", None)
        if name is not None:
            return str(name)
    name = getattr(status, "name", None)
    return None if name is None else str(name)
