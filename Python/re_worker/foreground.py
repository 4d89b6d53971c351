"""The main thread: the startup code, plans and foreground tasks run on it, one after the other."""

from __future__ import annotations

import logging
import queue
import threading
from typing import Callable

log = logging.getLogger("re_worker")


class Foreground:
    """Jobs for the main thread. Profiles expect it: bluesky's RunEngine and many device libraries want it."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._has_finished = threading.Event()

    def start(self, job: Callable[[], None]) -> None:
        """Has the main thread do a job when it is done with those before."""
        self._jobs.put(job)

    def finish(self, seconds: float) -> bool:
        """Lets ``run`` return when it is done with the jobs before; tells whether it has within some time."""
        self._jobs.put(None)
        return self._has_finished.wait(seconds)

    def run(self) -> None:
        """Does the jobs; called on the main thread."""
        while True:
            job = self._jobs.get()
            if job is None:
                self._has_finished.set()
                return
            try:
                job()
            except BaseException:
                log.exception("A job of the main thread has failed")
