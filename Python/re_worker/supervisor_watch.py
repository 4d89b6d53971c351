"""The life of the supervisor: when it was killed, the worker goes on for the next one."""

from __future__ import annotations

import functools
import logging
import os
from typing import Callable

from re_worker.event_loop import EventLoop

log = logging.getLogger("re_worker")


class SupervisorWatch:
    """Tells when nobody looks after the worker any more and it shall end. It belongs to the thread of the event loop.

    :param adoption_wait: seconds to wait for another supervisor when this one has ended and nothing runs.
    :param is_busy: tells whether something runs that ends by itself.
    :param on_abandoned: called with the reason why the worker shall end.
    """

    _SECONDS_UNTIL_GREETED = 60.0

    def __init__(
        self, loop: EventLoop, adoption_wait: int, is_busy: Callable[[], bool], on_abandoned: Callable[[str], None]
    ) -> None:
        self._loop = loop
        self._adoption_wait = adoption_wait
        self._is_busy = is_busy
        self._on_abandoned = on_abandoned
        self._descriptor: int | None = None
        self._supervisors = 0
        self._is_greeted = False

    def start(self) -> None:
        """Begins with the parent, which is the first supervisor."""
        self._follow(os.getppid())
        self._loop.call_later(self._SECONDS_UNTIL_GREETED, self._end_unless_greeted)

    def greeted(self, supervisor: int | None) -> None:
        """A manager has come; it names the supervisor that looks after the worker from now on."""
        self._is_greeted = True
        if supervisor is not None:
            self._follow(supervisor)

    def _end_unless_greeted(self) -> None:
        if not self._is_greeted:
            self._on_abandoned(f"no manager has come in {self._SECONDS_UNTIL_GREETED:.0f} s")

    def _follow(self, pid: int) -> None:
        self._unfollow()
        self._supervisors += 1
        try:
            self._descriptor = os.pidfd_open(pid)
        except OSError:
            self._has_ended()
        else:
            self._loop.watch(self._descriptor, self._has_ended)

    def _unfollow(self) -> None:
        if self._descriptor is not None:
            self._loop.unwatch(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def _has_ended(self) -> None:
        self._unfollow()
        if not self._is_greeted:
            self._on_abandoned("the supervisor ended before a manager had come")
            return
        log.warning("The supervisor has ended. What runs goes on, and the worker waits for another supervisor.")
        self._wait(0, self._supervisors)

    def _wait(self, seconds: int, supervisors: int) -> None:
        if supervisors != self._supervisors:
            return  # Another one has come.
        if self._is_busy():
            seconds = 0
        if seconds >= self._adoption_wait:
            self._on_abandoned(f"no supervisor has come in {self._adoption_wait} s")
        else:
            self._loop.call_later(1.0, functools.partial(self._wait, seconds + 1, supervisors))
