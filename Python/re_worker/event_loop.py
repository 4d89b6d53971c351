"""The thread on which the worker lives: everything that happens elsewhere comes to it in order."""

from __future__ import annotations

import heapq
import itertools
import os
import time
from collections import deque
from typing import Callable

import zmq


class EventLoop:
    """Waits for a socket and other descriptors, for timers, for signals, and for events that other threads post.

    ``post`` and ``wake`` may be called from any thread. Everything else belongs to the thread that calls ``run``, or
    happens before it.
    """

    def __init__(self) -> None:
        self._events: deque[Callable[[], None]] = deque()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)
        self._poller = zmq.Poller()
        self._poller.register(self._wake_read, zmq.POLLIN)
        self._watched: dict[int, Callable[[], None]] = {}
        self._is_running = True
        self.on_signal: Callable[[int], None] = lambda number: None

    @property
    def wake_descriptor(self) -> int:
        """For ``signal.set_wakeup_fd``: signals that are written to it are handed to ``on_signal``."""
        return self._wake_write

    def post(self, event: Callable[[], None]) -> None:
        """Has ``event`` called on the loop's thread, after everything that was posted before."""
        self._events.append(event)
        self.wake()

    def wake(self) -> None:
        """Lets the loop go round once more."""
        try:
            os.write(self._wake_write, b"\0")
        except BlockingIOError:
            pass  # It has been woken often enough.

    def call_later(self, seconds: float, action: Callable[[], None]) -> None:
        """Has ``action`` called on the loop's thread after some time."""
        heapq.heappush(self._timers, (time.monotonic() + seconds, next(self._numbers), action))

    def watch(self, descriptor: int, action: Callable[[], None]) -> None:
        """Has ``action`` called in each round in which the descriptor can be read."""
        self._watched[descriptor] = action
        self._poller.register(descriptor, zmq.POLLIN)

    def unwatch(self, descriptor: int) -> None:
        """Ends ``watch``."""
        del self._watched[descriptor]
        self._poller.unregister(descriptor)

    def stop(self) -> None:
        """Lets ``run`` return."""
        self._is_running = False

    def run(self, socket: zmq.Socket, read: Callable[[], None], settle: Callable[[], None]) -> None:
        """Goes round until ``stop``.

        ``read`` takes what has arrived at ``socket``; ``settle`` is called after each round, to pass on what has
        changed.
        """
        self._poller.register(socket, zmq.POLLIN)
        while self._is_running:
            ready = dict(self._poller.poll(self._milliseconds_to_wait()))
            for action in [action for descriptor, action in self._watched.items() if descriptor in ready]:
                action()
            for number in self._take_wake_bytes():
                if number:
                    self.on_signal(number)
            while self._events:
                self._events.popleft()()
            read()
            while self._timers and self._timers[0][0] <= time.monotonic():
                heapq.heappop(self._timers)[2]()
            settle()

    def _take_wake_bytes(self) -> bytes:
        try:
            return os.read(self._wake_read, 65536)
        except BlockingIOError:
            return b""

    def _milliseconds_to_wait(self) -> int | None:
        if not self._timers:
            return None
        return max(0, int((self._timers[0][0] - time.monotonic()) * 1000) + 1)
