"""The documents of runs in files, one for each run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, BinaryIO

from re_worker import json_values


class DocumentFiles:
    """Writes each run to ``<uid of the run>.jsonl`` in a folder, a line ``{"name": …, "doc": …}`` for each document.

    A file is complete when its last line is the stop document. Runs may be open at the same time.
    """

    # The member by which a document refers to what it belongs to.
    _PARENT = {
        "descriptor": "run_start",
        "resource": "run_start",
        "stream_resource": "run_start",
        "stop": "run_start",
        "event": "descriptor",
        "event_page": "descriptor",
        "stream_datum": "descriptor",
        "datum": "resource",
        "datum_page": "resource",
    }

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}
        self._run_of_part: dict[str, str] = {}

    def __call__(self, name: str, document: Mapping[str, Any]) -> None:
        """Writes a document of any run."""
        if name not in self._PARENT and name != "start":
            return
        run: str
        if name == "start":
            run = document["uid"]
            self._files[run] = open(os.path.join(self._folder, f"{run}.jsonl"), "ab", buffering=0)
        else:
            parent: str = document[self._PARENT[name]]
            run = self._run_of_part.get(parent, parent)
            if "uid" in document:
                self._run_of_part[document["uid"]] = run
        file = self._files.get(run)
        if file is None:
            return
        file.write(json_values.encode({"name": name, "doc": document}) + b"\n")
        if name == "stop":
            self._files.pop(run).close()
            self._run_of_part = {part: owner for part, owner in self._run_of_part.items() if owner != run}
