"""Annotations of plans for the lists of plans."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Mapping
from typing import Any, Callable

_PLAN_KEYS = ("description", "parameters")
_PARAMETER_KEYS = (
    "description",
    "annotation",
    "devices",
    "plans",
    "enums",
    "default",
    "min",
    "max",
    "step",
    "convert_device_names",
    "convert_plan_names",
)


def parameter_annotation_decorator(annotation: Mapping[str, Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Attaches a description to a plan: texts, types with lists of devices and plans, defaults and limits.

    :raises ValueError: if the annotation has members that are not known, or parameters that the plan does not have.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        _check(annotation, function)
        if inspect.isgeneratorfunction(function):

            @functools.wraps(function)
            def wrapper(*args: Any, **kwargs: Any) -> Any:
                return (yield from function(*args, **kwargs))

        else:

            @functools.wraps(function)
            def wrapper(*args: Any, **kwargs: Any) -> Any:
                return function(*args, **kwargs)

        wrapper._custom_parameter_annotation_ = copy.deepcopy(annotation)
        return wrapper

    return decorate


def _check(annotation: Mapping[str, Any], function: Callable[..., Any]) -> None:
    name = function.__name__
    _check_keys(annotation, _PLAN_KEYS, f"The annotation of '{name}'")
    known = inspect.signature(function).parameters
    for parameter, members in annotation.get("parameters", {}).items():
        place = f"The annotation of the parameter '{parameter}' of '{name}'"
        if parameter not in known:
            raise ValueError(f"{place} is in vain: the function has no such parameter")
        _check_keys(members, _PARAMETER_KEYS, place)
        lists = [section for section in ("devices", "plans", "enums") if section in members]
        if lists and "annotation" not in members:
            raise ValueError(f"{place} has {lists} but no type that uses them ('annotation')")


def _check_keys(members: Any, allowed: tuple[str, ...], place: str) -> None:
    if not isinstance(members, Mapping):
        raise ValueError(f"{place} must be a dictionary, and not {members!r}")
    unknown = [key for key in members if key not in allowed]
    if unknown:
        raise ValueError(f"{place} has unknown members {unknown}; allowed are {list(allowed)}")
