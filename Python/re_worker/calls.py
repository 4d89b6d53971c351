"""From the arguments of an item to the arguments of a plan."""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

_MISSING = object()


class CallError(Exception):
    """Why a plan cannot be called as an item says."""


class PlanCall:
    """What the manager has made of an item: arguments by parameter, and which texts in them are names.

    See ``call`` in docs/worker-link.md.
    """

    def __init__(self, name: str, call: Mapping[str, Any]) -> None:
        self._name = name
        self._refusal: str | None = call.get("error")
        self._arguments: dict[str, Any] = call.get("arguments", {})
        self._references: list[Mapping[str, Any]] = call.get("references", [])
        self.metadata: dict[str, Any] = call.get("meta", {})

    def make_plan(self, namespace: dict[str, Any]) -> Any:
        """Calls the plan, which returns what the run engine runs.

        :raises CallError: if the item does not fit, or a device or plan is not in the namespace any more.
        """
        if self._refusal is not None:
            raise CallError(self._refusal)
        plan = _find(self._name, namespace)
        for reference in self._references:
            self._replace(reference["path"], reference["kind"], namespace)
        signature = inspect.signature(plan)
        unknown = [name for name in self._arguments if name not in signature.parameters]
        if unknown:
            raise CallError(
                f"The plan '{self._name}' has no parameters {unknown} any more; update the environment's lists"
            )
        ordered = OrderedDict((name, self._arguments[name]) for name in signature.parameters if name in self._arguments)
        bound = inspect.BoundArguments(signature, ordered)
        return _contained(plan(*bound.args, **bound.kwargs))

    def _replace(self, path: list[str | int], kind: str, namespace: dict[str, Any]) -> None:
        """Puts the object in the place of its name."""
        container: Any = self._arguments
        for key in path[:-1]:
            container = container[key]
        text = container[path[-1]]
        if kind == "expression":
            container[path[-1]] = _evaluate(text, namespace)
        else:
            container[path[-1]] = _find(text, namespace)


class InterpreterExit(Exception):
    """A plan has tried to end the interpreter, which would only end the thread of the run engine."""


def _contained(plan: Any) -> Any:
    """A plan whose attempt to end the interpreter is a failure of the plan."""
    if not inspect.isgenerator(plan):
        return plan

    def contained() -> Any:
        try:
            return (yield from plan)
        except (SystemExit, KeyboardInterrupt) as error:
            raise InterpreterExit(f"the plan raised {error!r}") from error

    generator = contained()
    # The run engine puts the name of the plan into the metadata of its runs.
    generator.__name__, generator.__qualname__ = plan.__name__, plan.__qualname__
    return generator


def _find(name: str, namespace: dict[str, Any]) -> Any:
    """The plan, device, or component of a device, that a text such as ``det1`` or ``stage.x`` names."""
    first, *components = name.split(".")
    found = namespace.get(first, _MISSING)
    for component in components:
        found = getattr(found, component, _MISSING)
    if found is _MISSING:
        raise CallError(f"'{name}' is not in the namespace of the worker any more; update the environment's lists")
    return found


def _evaluate(text: str, namespace: dict[str, Any]) -> Any:
    """What a name or a chain of attributes stands for; the text itself if it stands for nothing."""
    try:
        return _find(text, namespace)
    except CallError:
        return text
