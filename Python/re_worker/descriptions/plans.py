"""Descriptions of plans, made from signature, docstring and annotation decorator."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, Callable

from re_worker.descriptions.docstrings import parse_docstring
from re_worker.descriptions.name_patterns import expand_devices, expand_plans
from re_worker.descriptions.type_texts import check_type, literal_text, number_text, type_text


class PlanDescriptionError(Exception):
    """Why a plan cannot be described."""


def describe_plan(plan: Callable[..., Any], devices: Mapping[str, Any], plans: Iterable[str]) -> dict[str, Any]:
    """The description of a plan.

    :param devices: descriptions of all devices, for patterns in annotations.
    :param plans: names of all plans, for the same.
    :raises PlanDescriptionError: if a default value or an annotation cannot be written down.
    """
    name = getattr(plan, "__name__", type(plan).__name__)
    try:
        docstring = parse_docstring(getattr(plan, "__doc__", None))
        decorator: Mapping[str, Any] = getattr(plan, "_custom_parameter_annotation_", None) or {}
        described: dict[str, Any] = {"name": name, "properties": {"is_generator": _is_generator(plan)}}
        module = getattr(plan, "__module__", None)
        if module is not None and module != "<run_path>":
            described["module"] = module
        description = decorator.get("description") or docstring.summary
        if description:
            described["description"] = description
        decorated: Mapping[str, Any] = decorator.get("parameters") or {}
        described["parameters"] = [
            _describe_parameter(
                parameter,
                decorated.get(parameter.name, {}),
                docstring.parameters.get(parameter.name),
                devices,
                plans,
            )
            for parameter in inspect.signature(plan).parameters.values()
        ]
        return described
    except Exception as error:
        raise PlanDescriptionError(f"Failed to create description of plan '{name}': {error}") from error


def _is_generator(plan: Any) -> bool:
    return inspect.isgeneratorfunction(plan) or inspect.isgenerator(plan)


def _describe_parameter(
    parameter: inspect.Parameter,
    decorated: Mapping[str, Any],
    documented: str | None,
    devices: Mapping[str, Any],
    plans: Iterable[str],
) -> dict[str, Any]:
    """What the decorator says counts more than the docstring and the signature."""
    described: dict[str, Any] = {
        "name": parameter.name,
        "kind": {"name": parameter.kind.name, "value": parameter.kind.value},
    }
    for flag in ("convert_plan_names", "convert_device_names"):
        if flag in decorated:
            described[flag] = decorated[flag]
    description = decorated.get("description") or documented
    if description:
        described["description"] = description
    annotation = _annotation(parameter, decorated, devices, plans)
    if annotation is not None:
        described["annotation"] = annotation
        for flag, is_set in check_type(annotation).items():
            if is_set:
                described.setdefault(flag, True)
    _describe_default(parameter, decorated, described)
    for limit in ("min", "max", "step"):
        if decorated.get(limit) is not None:
            described[limit] = number_text(decorated[limit], f"{limit} value of parameter '{parameter.name}'")
    return described


def _annotation(
    parameter: inspect.Parameter, decorated: Mapping[str, Any], devices: Mapping[str, Any], plans: Iterable[str]
) -> dict[str, Any] | None:
    if "annotation" in decorated:
        result: dict[str, Any] = {"type": decorated["annotation"]}
        for section in ("devices", "plans", "enums"):
            if section in decorated:
                result[section] = {
                    name: _expand(section, name, list_, devices, plans) for name, list_ in decorated[section].items()
                }
        return result
    if parameter.annotation is inspect.Parameter.empty:
        return None
    text = type_text(parameter.annotation)
    return {"type": text} if text is not None else None


def _expand(section: str, name: str, patterns: Any, devices: Mapping[str, Any], plans: Iterable[str]) -> list[str]:
    if not isinstance(patterns, (list, tuple)):
        raise ValueError(f"The list {name!r} in the annotation is neither a list nor a tuple: {patterns!r}")
    if section == "devices":
        return expand_devices(patterns, devices)
    return expand_plans(patterns, plans) if section == "plans" else list(patterns)


def _describe_default(parameter: inspect.Parameter, decorated: Mapping[str, Any], described: dict[str, Any]) -> None:
    role = f"the default value of parameter '{parameter.name}'"
    if decorated.get("default") is not None:
        if parameter.default is inspect.Parameter.empty:
            raise ValueError(
                f"The parameter '{parameter.name}' has a default value in the annotation decorator; "
                "then it must have one in the signature too"
            )
        described["default"] = literal_text(decorated["default"], role)
        described["default_defined_in_decorator"] = True
    elif parameter.default is not inspect.Parameter.empty:
        described["default"] = literal_text(parameter.default, role)
