"""What ``get_ipython`` is in startup code: enough of IPython for code that asks for its namespace."""

from __future__ import annotations

import logging
from typing import Any


class IPythonStandIn:
    """Has the attributes of an IPython shell that startup code commonly uses."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"get_ipython() has no '{name}' here: the worker is no IPython, and magic commands do not work. "
            "Code for IPython only can ask bluesky_queueserver.is_re_worker_active()"
        )

    def __init__(self) -> None:
        self.user_ns: dict[str, Any] = {}
        self.log = logging.getLogger("ipython")


_shell = IPythonStandIn()


def get_ipython() -> IPythonStandIn:
    """The stand-in; its ``user_ns`` is the namespace of the worker."""
    return _shell
