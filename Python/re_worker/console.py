"""Standard output and standard error of the process as console output of the worker."""

from __future__ import annotations

import codecs
import faulthandler
import fcntl
import io
import os
import sys
import threading
from collections import deque
from typing import Any, Callable


class Console:
    """Collects what is printed, from any thread, until the event loop takes it."""

    _MOST_PIECES = 200

    def __init__(self) -> None:
        self._pieces: deque[str] = deque()
        self._wake: Callable[[], None] = lambda: None

    def write(self, text: str) -> None:
        """Adds a piece of output; it need not be a whole line."""
        self._pieces.append(text)
        self._wake()

    def take(self) -> list[str]:
        """What was written since the last time, in the pieces in which it was written.

        A print comes as one piece, and much that was written at once too.
        """
        pieces = [self._pieces.popleft() for _ in range(len(self._pieces))]
        if len(pieces) > self._MOST_PIECES:
            return ["".join(pieces)]
        result: list[str] = []
        for piece in pieces:
            if piece == "\n" and result:
                result[-1] += piece
            else:
                result.append(piece)
        return result

    def capture(self, wake: Callable[[], None]) -> None:
        """Takes over what Python, C libraries and child processes print; ``wake`` is called when there is something.

        The descriptor of standard error stays as it is: there the traces of a crash are written.
        """
        self._wake = wake
        faulthandler.enable(file=2)
        self._capture_descriptor(1)
        for name, descriptor in (("stdout", 1), ("stderr", 2)):
            stream = _ConsoleStream(self, descriptor)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        os.register_at_fork(after_in_child=_print_to_descriptors)

    def _capture_descriptor(self, descriptor: int) -> None:
        reading, writing = os.pipe()
        os.dup2(writing, descriptor)
        os.close(writing)
        try:
            # Room for C code that prints much while it keeps the reader from running.
            fcntl.fcntl(reading, 1031, 1 << 20)  # F_SETPIPE_SZ
        except OSError:
            pass
        threading.Thread(target=self._read, args=(reading,), name="console", daemon=True).start()

    def _read(self, descriptor: int) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while True:
            data = os.read(descriptor, 65536)
            if not data:
                return
            self.write(decoder.decode(data))


def _print_to_descriptors() -> None:
    """What forked child processes print comes back through the captured descriptor."""
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    sys.stderr = open(1, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)


class _ConsoleStream(io.TextIOBase):
    """What ``sys.stdout`` and ``sys.stderr`` are in the worker. No print ever waits for a reader."""

    def __init__(self, console: Console, descriptor: int) -> None:
        self._console = console
        self._descriptor = descriptor
        self.buffer = _ConsoleBytes(console)

    encoding = "utf-8"
    errors = "replace"

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            # Characters that no encoding knows must not get as far as the link.
            self._console.write(text.encode("utf-8", "replace").decode("utf-8"))
        return len(text)


class _ConsoleBytes(io.BufferedIOBase):
    """For code that writes bytes to ``sys.stdout.buffer``."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        content = bytes(data)
        self._console.write(self._decoder.decode(content))
        return len(content)
