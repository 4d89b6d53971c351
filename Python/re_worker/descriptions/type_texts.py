"""Types of parameters as texts: what the lists hold, and what a manager without Python can check."""

from __future__ import annotations

import ast
import collections.abc
import enum
import re
import typing
from collections.abc import Mapping
from typing import Any

import bluesky
import bluesky.protocols

# What a text in the place of an object may name, by the type that stands in the annotation.
_PROTOCOLS = {
    "__READABLE__": ("Readable",),
    "__MOVABLE__": ("Movable", "NamedMovable"),
    "__FLYABLE__": ("Flyable",),
    "__DEVICE__": (
        "Configurable",
        "Triggerable",
        "Locatable",
        "Stageable",
        "Pausable",
        "Stoppable",
        "Subscribable",
        "Checkable",
    ),
}
# Callables come first: what they take and return does not matter.
_STAND_INS = {
    "typing.Callable": "__CALLABLE__",
    "collections.abc.Callable": "__CALLABLE__",
    **{f"bluesky.protocols.{name}": text for text, names in _PROTOCOLS.items() for name in names},
}
_CONVERSIONS = {
    "__PLAN__": ("convert_plan_names",),
    "__DEVICE__": ("convert_device_names",),
    "__PLAN_OR_DEVICE__": ("convert_plan_names", "convert_device_names"),
    "__READABLE__": ("convert_device_names",),
    "__MOVABLE__": ("convert_device_names",),
    "__FLYABLE__": ("convert_device_names",),
    "__CALLABLE__": ("eval_expressions",),
}
CONVERSIONS = ("convert_plan_names", "convert_device_names", "eval_expressions")


def _namespace() -> dict[str, Any]:
    return {
        "typing": typing,
        "collections": collections,
        "bluesky": bluesky,
        "enum": enum,
        "NoneType": type(None),
    }


def type_text(annotation: Any) -> str | None:
    """The annotation of a parameter as a text; None if its types are none that a manager could know."""
    text = repr(annotation)
    if re.fullmatch("<.*>", text) and hasattr(annotation, "__name__"):
        # A class: the built-in ones are shown by their name, the protocols of bluesky by what stands for them.
        qualified = f"{annotation.__module__}.{annotation.__qualname__}"
        if qualified in _STAND_INS:
            return _STAND_INS[qualified]
        match = re.fullmatch("<class '(.+)'>", text)
        text = match[1] if match else text
    try:
        if eval(text, _namespace()) != annotation:
            return None
        text = _with_stand_ins(text)
    except Exception:
        return None
    # A bare Iterable says nothing that could be checked.
    return re.sub(r"(?<![._A-Za-z0-9])collections\.abc\.Iterable(?![._\[A-Za-z0-9])", _ANY_ITERABLE, text)


_ANY_ITERABLE = "collections.abc.Iterable[typing.Any]"


def _with_stand_ins(text: str) -> str:
    """The text with protocols and callables, together with their parameters, replaced by what stands for them."""
    for name, stand_in in _STAND_INS.items():
        while True:
            match = re.search(rf"(?<![.\w]){re.escape(name)}(?!\w)", text)
            if match is None:
                break
            text = text[: match.start()] + stand_in + text[_end_of_parameters(text, match.end()) :]
    return text


def _end_of_parameters(text: str, start: int) -> int:
    """Where the brackets that open at ``start`` close; ``start`` if none open there."""
    if text[start : start + 1] != "[":
        return start
    depth = 0
    for index in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
    return start


def check_type(annotation: Mapping[str, Any]) -> dict[str, bool]:
    """Checks an annotation as the lists hold it, and tells which texts in values are to be converted.

    :raises TypeError: if it cannot be understood.
    """
    text = annotation.get("type", "")
    try:
        unknown = [key for key in annotation if key not in ("type", "devices", "plans", "enums")]
        if unknown:
            raise ValueError(f"Annotation contains unsupported keys: {unknown}")
        named = {
            name: list_
            for section in ("devices", "plans", "enums")
            for name, list_ in annotation.get(section, {}).items()
        }
        namespace = _namespace()
        for name, list_ in named.items():
            if not isinstance(list_, (list, tuple)):
                raise TypeError(f"The list of items ({name!r}: {list_!r}) must be a list or a tuple")
            if name not in text:
                raise ValueError(f"Type {name!r} is defined in the annotation, but not used in the parameter type")
            namespace[name] = enum.Enum(name, {item: item for item in list_})
        flags = dict.fromkeys(CONVERSIONS, False)
        for stand_in, conversions in _CONVERSIONS.items():
            if stand_in in text and stand_in not in named:
                namespace[stand_in] = str
                flags.update(dict.fromkeys(conversions, True))
        eval(text, namespace)
    except Exception as error:
        raise TypeError(f"Failed to process annotation '{text}': {error}") from error
    return flags


def literal_text(value: Any, role: str) -> str:
    """A value as a text that can be read as a Python literal.

    :raises ValueError: if it cannot.
    """
    text = repr(value)
    try:
        ast.literal_eval(text)
    except Exception as error:
        raise ValueError(
            f"The expression ({text}) can not be evaluated with 'ast.literal_eval()': unsupported type of {role}."
        ) from error
    return text


def number_text(value: Any, role: str) -> str:
    """A limit as a text; whole numbers without a decimal point.

    :raises ValueError: if it is no number.
    """
    try:
        number = float(literal_text(value, role))
        return str(int(number)) if int(number) == number else str(number)
    except Exception as error:
        raise ValueError(f"Failed to process {role}: {error}") from error
