"""The RunEngine of the profile, as the worker uses it."""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Mapping
from typing import Any, Callable


class Engine:
    """A RunEngine whose changes of state, and waits for devices, are told as they happen.

    :param on_state: gets each new state.
    :param on_wait: gets the statuses for which a plan waits, and None when the wait is over.
    """

    _ATTEMPTS = 100

    def __init__(self, run_engine: Any, on_state: Callable[[str], None], on_wait: Callable[[Any], None]) -> None:
        self.run_engine = run_engine
        self._follow(on_state, on_wait)
        self._ignore_keyboard_interrupts()

    @property
    def state(self) -> str | None:
        """``idle``, ``running``, ``paused``, …; None if the object is no RunEngine."""
        try:
            return str(self.run_engine.state)
        except Exception:
            return None

    def metadata(self) -> dict[str, Any]:
        """A copy of the metadata that are added to each run. They may be in a file or on a server, and be slow.

        :raises Exception: whatever keeps them from being read.
        """
        for _ in range(self._ATTEMPTS):
            try:
                return dict(self.run_engine.md)
            except RuntimeError:
                continue  # They were changed while they were copied.
        return dict(self.run_engine.md)

    @property
    def suspensions(self) -> list[str]:
        """What holds plans at present: a sentence for each suspender that does."""
        try:
            return [_suspension(suspender) for suspender in self.run_engine.suspenders if suspender.tripped]
        except Exception:
            return []

    def run(self, plan: Any, on_document: Callable[[str, Mapping[str, Any]], None], metadata: dict[str, Any]) -> Any:
        """Runs a plan and returns when it has ended; raises when it was paused, ended early, or failed."""

        # Bluesky refers weakly to methods, and would unsubscribe one on whichever thread its object is collected, while
        # the next plan subscribes another. To functions it refers strongly.
        def follow(name: str, document: Mapping[str, Any]) -> None:
            on_document(name, document)

        return self.run_engine(plan, {"all": [follow]}, **metadata)

    def leave_pause(self, option: str) -> Any:
        """Goes on with ``resume``, or ends the plan with ``stop``, ``abort`` or ``halt``; blocks like ``run``."""
        return getattr(self.run_engine, option)()

    def request_pause(self, deferred: bool) -> concurrent.futures.Future[Any]:
        """Asks for a pause, without waiting: a plan that blocks keeps the engine from answering."""
        return self._schedule(self.run_engine._request_pause_coro(deferred))

    def request_abort(self, reason: str) -> concurrent.futures.Future[Any]:
        """Asks to abort the plan that runs, without waiting."""
        return self._schedule(self.run_engine._abort_coro(reason))

    def release(self) -> None:
        """Leaves the object as it was found, because another one takes its place."""
        self.run_engine.state_hook, self.run_engine.waiting_hook = self._own_hooks

    def _schedule(self, coroutine: Any) -> concurrent.futures.Future[Any]:
        return asyncio.run_coroutine_threadsafe(coroutine, self.run_engine.loop)

    def _follow(self, on_state: Callable[[str], None], on_wait: Callable[[Any], None]) -> None:
        """Adds to the hooks of the startup code, if there are any."""
        state_hook = getattr(self.run_engine, "state_hook", None)
        waiting_hook = getattr(self.run_engine, "waiting_hook", None)
        self._own_hooks = state_hook, waiting_hook

        def follow_state(new: Any, old: Any) -> None:
            on_state(str(new))
            if state_hook is not None:
                state_hook(new, old)

        def follow_wait(statuses: Any) -> None:
            on_wait(statuses)
            if waiting_hook is not None:
                waiting_hook(statuses)

        self.run_engine.state_hook = follow_state
        self.run_engine.waiting_hook = follow_wait

    def _ignore_keyboard_interrupts(self) -> None:
        """Ctrl-C reaches every process of a terminal; the supervisor decides what it means, and no plan shall pause."""
        managers = getattr(self.run_engine, "context_managers", None)
        if isinstance(managers, list):
            from bluesky.utils import SigintHandler

            managers[:] = [manager for manager in managers if manager is not SigintHandler]


def _suspension(suspender: Any) -> str:
    signal = getattr(suspender, "_sig", None)
    text = f"{type(suspender).__name__} of {getattr(signal, 'name', signal)}"
    message = getattr(suspender, "_tripped_message", "")
    return f"{text}: {message}" if message else text
