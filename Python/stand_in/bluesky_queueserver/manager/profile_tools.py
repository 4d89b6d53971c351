"""What startup code can ask about the process in which it runs."""

from __future__ import annotations

import functools
import inspect
import os
from typing import Any, Callable

_FALSE = ("", "n", "no", "f", "false", "off", "0")


def is_re_worker_active() -> bool:
    """Whether the code runs in a worker."""
    return os.environ.get("_QSERVER_RE_WORKER_ACTIVE", "false").lower() not in _FALSE


def is_ipython_mode() -> bool:
    """Whether the worker is an IPython kernel."""
    return os.environ.get("_QSERVER_RUNNING_IPYTHON_KERNEL", "false").lower() not in _FALSE


class _UserNamespace:
    def __init__(self) -> None:
        self.user_ns: dict[str, Any] = {}
        self.use_ipython = True

    def set_user_namespace(self, *, user_ns: dict[str, Any], use_ipython: bool = False) -> None:
        """Sets the namespace in which startup code runs."""
        self.user_ns = user_ns
        self.use_ipython = use_ipython


global_user_namespace = _UserNamespace()


def set_user_ns(function: Callable[..., Any]) -> Callable[..., Any]:
    """Passes the namespace to the parameter ``user_ns`` of a function or plan; None to ``ipython`` if it has one."""
    signature = inspect.signature(function)
    hidden = [name for name in ("user_ns", "ipython") if name in signature.parameters]

    def values() -> dict[str, Any]:
        return {name: global_user_namespace.user_ns if name == "user_ns" else None for name in hidden}

    if inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return (yield from function(*args, **{**kwargs, **values()}))

    else:

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return function(*args, **{**kwargs, **values()})

    shown = [parameter for name, parameter in signature.parameters.items() if name not in hidden]
    wrapper.__signature__ = signature.replace(parameters=shown)
    return wrapper
