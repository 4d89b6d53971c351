"""The environment: the namespace that the startup code has filled, and what is in it."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import traceback
from typing import Any, Callable

from re_worker.descriptions.lists import Lists
from re_worker.document_files import DocumentFiles
from re_worker.engine import Engine
from re_worker.ipython import get_ipython
from re_worker.reasons import reason
from re_worker.startup import CodeFailure, StartupCode, run_script

log = logging.getLogger("re_worker")


class StartupFailure(Exception):
    """Why the environment could not be opened."""

    def __init__(self, message: str, trace: str) -> None:
        super().__init__(message)
        self.traceback = trace


class Environment:
    """Devices, plans and the run engine of a profile.

    The namespace is filled and changed on the main thread and by background tasks. What others have to know of it is
    handed to the functions given to ``follow``.
    """

    def __init__(self, startup: StartupCode, lists: Lists, documents: DocumentFiles | None) -> None:
        self.namespace: dict[str, Any] = {}
        self.engine: Engine | None = None
        self._startup = startup
        self._lists = lists
        self._documents = documents
        self._on_engine: Callable[[str | None], None] = lambda state: None
        self._on_wait: Callable[[Any], None] = lambda statuses: None
        self._on_lists: Callable[[dict[str, Any]], None] = lambda lists: None

    def follow(
        self,
        on_engine: Callable[[str | None], None],
        on_wait: Callable[[Any], None],
        on_lists: Callable[[dict[str, Any]], None],
    ) -> None:
        """Has each new state of the engine, its waits, and lists that have changed handed on, from any thread."""
        self._on_engine = on_engine
        self._on_wait = on_wait
        self._on_lists = on_lists

    @property
    def engine_state(self) -> str | None:
        """State of the run engine; None if there is none."""
        return self.engine.state if self.engine is not None else None

    @property
    def lists(self) -> dict[str, Any]:
        """The descriptions of the plans and devices, as they were made last."""
        return self._lists.json

    @property
    def suspensions(self) -> list[str]:
        """What holds plans at present."""
        return self.engine.suspensions if self.engine is not None else []

    def open(self) -> None:
        """Runs the startup code and describes what it has made.

        :raises StartupFailure: if either fails.
        """
        try:
            self._prepare()
            self._startup.run(self.namespace)
            self.update_lists()
            self._adopt_engine()
        except CodeFailure as failure:
            raise StartupFailure(f"{failure}{_hint(failure.__cause__)}", failure.traceback) from failure
        except BaseException as error:
            raise StartupFailure(f"{reason(error)}{_hint(error)}", traceback.format_exc()) from error

    def run_script(self, script: str, updates_lists: bool, updates_engine: bool) -> None:
        """Runs an uploaded script in the namespace.

        :param updates_lists: whether the lists are made anew.
        :param updates_engine: whether a run engine and a data broker that the script makes replace the present ones.
        :raises CodeFailure: if the script fails.
        """
        kept: dict[str, Any] = {name: self.namespace[name] for name in ("RE", "db") if name in self.namespace}
        try:
            run_script(script, self._startup.root, self.namespace)
        finally:
            if script and not updates_engine:
                for name in ("RE", "db"):
                    self.namespace.pop(name, None)
                self.namespace.update(kept)
        if updates_engine:
            self._replace_engine(kept.get("RE"))
        if updates_lists:
            self.update_lists()

    def update_lists(self) -> None:
        """Describes the plans and devices that are in the namespace now."""
        if self._lists.update(self.namespace):
            self._on_lists(self.lists)

    def _prepare(self) -> None:
        """Sets what startup code may ask for: whether this is a worker, and where its namespace is."""
        os.environ["_QSERVER_RE_WORKER_ACTIVE"] = "1"
        os.environ["_QSERVER_RUNNING_IPYTHON_KERNEL"] = "0"
        # The main thread has an event loop, for startup code that asks for one.
        asyncio.set_event_loop(asyncio.new_event_loop())
        shell = get_ipython()
        shell.user_ns = self.namespace
        self.namespace["get_ipython"] = get_ipython
        from bluesky_queueserver.manager.profile_tools import global_user_namespace

        global_user_namespace.set_user_namespace(user_ns=self.namespace, use_ipython=False)

    def _replace_engine(self, present: Any) -> None:
        if self.engine_state not in (None, "idle", "panicked") and self.namespace.get("RE") is not present:
            self.namespace["RE"] = present
            raise RuntimeError("the run engine cannot be replaced while it runs a plan")
        self._adopt_engine()

    def _adopt_engine(self) -> None:
        """Makes the object ``RE`` of the namespace, if there is one, the engine that runs plans."""
        run_engine = self.namespace.get("RE")
        if run_engine is None:
            if self.engine is None:
                log.warning("The startup code makes no run engine 'RE': no plans can be run")
            return
        if self.engine is not None and self.engine.run_engine is run_engine:
            return
        if self.engine is not None:
            self.engine.release()
            log.info("The run engine 'RE' was replaced.")
        self.engine = Engine(run_engine, self._on_engine, self._on_wait)
        if self._documents is not None:
            run_engine.subscribe(self._documents)


def _hint(error: BaseException | None) -> str:
    """What may be wrong if a package is missing that every profile needs."""
    if isinstance(error, ModuleNotFoundError) and error.name in ("bluesky", "ophyd"):
        return f". The interpreter is {sys.executable}; --python names another one"
    return ""
