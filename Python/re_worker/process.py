"""The process of the worker: options, signals, the threads, and the end."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import time
import traceback
from typing import NoReturn

from re_worker import stand_ins
from re_worker.console import Console
from re_worker.descriptions.lists import Lists
from re_worker.document_files import DocumentFiles
from re_worker.environment import Environment
from re_worker.event_loop import EventLoop
from re_worker.foreground import Foreground
from re_worker.link import ManagerSession
from re_worker.listing import print_lists
from re_worker.startup import StartupCode
from re_worker.state import WorkerState
from re_worker.supervisor_watch import SupervisorWatch
from re_worker.worker import Worker

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "critical": logging.CRITICAL}
# A terminal sends these to every process of the group; the supervisor decides what they mean.
_TERMINAL_SIGNALS = (signal.SIGINT, signal.SIGHUP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
# Exit handlers and threads of the profile get this long when the environment is closed.
_SECONDS_TO_EXIT = 5.0
_SECONDS_TO_FINISH = 0.5


def main() -> None:
    """Runs the worker until it is closed, or prints the lists; does not return."""
    options = _parse_options()
    stand_ins.offer()
    environment = Environment(
        StartupCode(options.startup_dir, options.startup_script, options.startup_module),
        Lists(options.device_max_depth, options.ignore_invalid_plans),
        DocumentFiles(options.documents_dir) if options.documents_dir else None,
    )
    if options.print_lists:
        _set_up_logging(logging.WARNING)
        exit_code = print_lists(environment)
        threading.Thread(target=_exit_after_patience, args=(exit_code,), daemon=True).start()
        sys.exit(exit_code)
    _work(options, environment)


def _work(options: argparse.Namespace, environment: Environment) -> NoReturn:
    """Serves managers until one of them closes the environment."""
    loop, console, foreground = EventLoop(), Console(), Foreground()
    state = WorkerState()
    session = ManagerSession(options.endpoint, state.json())
    console.capture(loop.wake)
    _set_up_logging(_LEVELS.get(options.log_level, logging.INFO))
    worker = Worker(session, state, environment, loop, foreground, console)
    _handle_signals(loop, worker)
    watch = SupervisorWatch(loop, options.adoption_wait, lambda: worker.is_busy, worker.terminate)
    session.on_hello = watch.greeted
    watch.start()
    link = threading.Thread(target=_serve, args=(loop, session, worker, foreground), name="link", daemon=True)
    worker.start()
    link.start()
    foreground.run()
    # SystemExit lets the exit handlers of the profile run.
    sys.exit(worker.exit_code)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="re_worker", description="The Python worker; started by start-re-manager, not by hand."
    )
    purpose = parser.add_mutually_exclusive_group(required=True)
    purpose.add_argument("--endpoint", help="address of the worker link")
    purpose.add_argument("--print-lists", action="store_true", help="print the lists of plans and devices, and end")
    parser.add_argument("--startup-dir", help="folder of the profile")
    parser.add_argument("--startup-script", help="file with the startup code")
    parser.add_argument("--startup-module", help="name of the module with the startup code")
    parser.add_argument("--state-dir", help="not used: profiles keep their own metadata")
    parser.add_argument("--documents-dir", help="folder for the documents of each run")
    parser.add_argument(
        "--adoption-wait", type=int, default=86_400, help="seconds to wait for another supervisor when nothing runs"
    )
    parser.add_argument("--log-level", default="info", help="lowest level of log lines")
    parser.add_argument("--device-max-depth", type=int, default=0, help="depth of the lists of devices; 0: all of it")
    parser.add_argument("--ignore-invalid-plans", action="store_true", help="leave out plans that cannot be described")
    # There may be more options one day.
    options, _ = parser.parse_known_args()
    if sum(place is not None for place in (options.startup_dir, options.startup_script, options.startup_module)) != 1:
        parser.error("one of --startup-dir, --startup-script and --startup-module is required")
    return options


def _serve(loop: EventLoop, session: ManagerSession, worker: Worker, foreground: Foreground) -> None:
    """The thread of the link."""
    try:
        loop.run(session.socket, worker.read, worker.settle)
        session.close()
    except BaseException:
        # Without the link nobody could see or stop what runs here.
        os.write(2, traceback.format_exc().encode())
        os._exit(70)
    # A main thread that hangs in a task or in the startup code is not waited for.
    if foreground.finish(_SECONDS_TO_FINISH):
        _exit_after_patience(worker.exit_code)
    os._exit(worker.exit_code)


def _exit_after_patience(exit_code: int) -> NoReturn:
    """On a thread: ends the process when its exit handlers and the threads of the profile have had their time."""
    time.sleep(_SECONDS_TO_EXIT)
    os._exit(exit_code)


def _handle_signals(loop: EventLoop, worker: Worker) -> None:
    """What a terminal sends does nothing here (to child processes it does); SIGTERM ends the worker.

    The loop sees a signal through its descriptor, also while the main thread is in C code.
    """

    def terminate() -> None:
        worker.terminate("SIGTERM")

    loop.on_signal = lambda number: terminate() if number == signal.SIGTERM else None
    for number in _TERMINAL_SIGNALS:
        signal.signal(number, lambda number, frame: None)
    # In case the profile has set a descriptor of its own.
    signal.signal(signal.SIGTERM, lambda number, frame: loop.post(terminate))
    signal.set_wakeup_fd(loop.wake_descriptor, warn_on_full_buffer=False)
    os.register_at_fork(after_in_child=_restore_signals)


def _restore_signals() -> None:
    """Child processes that are forked, such as those of ``multiprocessing``, get signals for themselves."""
    signal.set_wakeup_fd(-1)
    for number in (*_TERMINAL_SIGNALS, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _set_up_logging(level: int) -> None:
    """Log lines of the worker look like those of the manager; those of other packages are shown from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("[%(levelname).1s %(asctime)s worker %(filename)s:%(lineno)d] %(message)s"))
    own = logging.getLogger("re_worker")
    own.addHandler(handler)
    own.setLevel(level)
    own.propagate = False
    logging.basicConfig(level=max(logging.WARNING, level), stream=sys.stderr)
