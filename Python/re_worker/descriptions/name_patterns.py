"""Lists of plans and devices in annotations: names, and patterns that stand for the names that match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

_NAME = re.compile(r"^[_a-zA-Z]([_a-zA-Z0-9.]*[_a-zA-Z0-9])?$")
_TYPES = ("", "__READABLE__", "__FLYABLE__", "__DETECTOR__", "__MOTOR__")

Devices = Mapping[str, Mapping[str, Any]]


class _Step(NamedTuple):
    """One regular expression of a pattern."""

    expression: str
    is_included: bool
    applies_to_rest: bool
    depth: int | None


def expand_devices(patterns: Iterable[str], devices: Devices) -> list[str]:
    """The names of devices and components that the patterns stand for.

    :raises ValueError: if a pattern is malformed.
    """
    names: set[str] = set()
    for text in patterns:
        steps, kind = _parse(text)
        if steps is None:
            names.add(kind)
        else:
            names.update(_walk(devices, steps, 0, "", kind))
    return _sorted(names)


def expand_plans(patterns: Iterable[str], plans: Iterable[str]) -> list[str]:
    """The names of plans that the patterns stand for.

    :raises ValueError: if a pattern is malformed or is one that only devices can have.
    """
    names: set[str] = set()
    plans = list(plans)
    for text in patterns:
        steps, kind = _parse(text)
        if steps is None:
            names.add(kind)
            continue
        if len(steps) != 1 or steps[0].depth is not None or kind:
            raise ValueError(f"The name pattern {text!r} of a plan may only have one regular expression")
        names.update(name for name in plans if re.search(steps[0].expression, name))
    return _sorted(names)


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name.upper(), name[0].islower()))


def _parse(text: str) -> tuple[list[_Step] | None, str]:
    """The steps of a pattern and the type of devices; for a mere name no steps, and the name."""
    if not isinstance(text, str):
        raise ValueError(f"The name pattern {text!r} is no text")
    text = text.replace(" ", "")
    if ":" not in text:
        if not _NAME.match(text) or ".." in text:
            raise ValueError(f"{text!r} is no name; a regular expression begins with ':'")
        return None, text
    kind, *parts = text.split(":")
    if kind not in _TYPES:
        raise ValueError(f"The name pattern {text!r} has an unknown type {kind!r}; known are {_TYPES[1:]}")
    depth = None
    if len(parts) > 1 and parts[-2].startswith("?"):
        if not re.match(r"^depth=[1-9][0-9]*$", parts[-1]):
            raise ValueError(f"Only 'depth=N' may follow {parts[-2]!r} in the name pattern {text!r}")
        depth = int(parts.pop()[len("depth=") :])
    steps = []
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        if part.startswith("?") and not is_last:
            raise ValueError(f"{part!r} must be the last regular expression of the name pattern {text!r}")
        expression = part[1:] if part[:1] in ("+", "-", "?") else part
        if not expression:
            raise ValueError(f"The name pattern {text!r} has an empty part")
        try:
            re.compile(expression)
        except re.error as error:
            raise ValueError(
                f"{expression!r} in the name pattern {text!r} is no regular expression: {error}"
            ) from error
        is_included = is_last or not part.startswith("-")
        steps.append(_Step(expression, is_included, part.startswith("?"), depth if is_last else None))
    return steps, kind


def _walk(devices: Devices, steps: list[_Step], index: int, prefix: str, kind: str) -> Iterator[str]:
    if index >= len(steps):
        return
    step = steps[index]
    if step.applies_to_rest:
        yield from _walk_rest(devices, step, prefix, "", 1, kind)
        return
    for name, device in devices.items():
        if not re.search(step.expression, name):
            continue
        if step.is_included and _is_of_type(device, kind):
            yield prefix + name
        yield from _walk(device.get("components", {}), steps, index + 1, f"{prefix}{name}.", kind)


def _walk_rest(devices: Devices, step: _Step, prefix: str, rest: str, depth: int, kind: str) -> Iterator[str]:
    if step.depth is not None and depth > step.depth:
        return
    for name, device in devices.items():
        if re.search(step.expression, rest + name) and _is_of_type(device, kind):
            yield prefix + rest + name
        yield from _walk_rest(device.get("components", {}), step, prefix, f"{rest}{name}.", depth + 1, kind)


def _is_of_type(device: Mapping[str, Any], kind: str) -> bool:
    is_readable, is_movable = bool(device["is_readable"]), bool(device["is_movable"])
    if kind == "__READABLE__":
        return is_readable
    if kind == "__FLYABLE__":
        return bool(device["is_flyable"])
    if kind == "__DETECTOR__":
        return is_readable and not is_movable
    if kind == "__MOTOR__":
        return is_readable and is_movable
    return True
