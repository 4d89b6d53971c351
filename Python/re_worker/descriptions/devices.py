"""Descriptions of devices and their components."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

log = logging.getLogger("re_worker")


def describe_device(device: Any, name: str, max_depth: int, is_registered: bool) -> dict[str, Any]:
    """The description of a device with its components.

    :param max_depth: 1 for the device alone, 2 for its components too, and so on; 0 for all of them.
    :param is_registered: whether the profile has named the device on purpose; the components of area detectors, of
        which there are hundreds, are only described then.
    """
    return _describe(device, name, 1, max_depth, is_registered)


def _describe(device: Any, name: str, depth: int, max_depth: int, is_registered: bool) -> dict[str, Any]:
    from bluesky import protocols

    described: dict[str, Any] = {
        "is_readable": isinstance(device, protocols.Readable),
        "is_movable": isinstance(device, protocols.Movable),
        "is_flyable": isinstance(device, protocols.Flyable),
        "classname": type(device).__name__,
        "module": type(device).__module__,
    }
    if (max_depth and depth >= max_depth) or (_is_area_detector(device) and not is_registered):
        return described
    components: dict[str, Any] = {}
    for component in _component_names(device):
        path = f"{name}.{component}"
        try:
            if hasattr(device, component):
                components[component] = _describe(getattr(device, component), path, depth + 1, max_depth, is_registered)
        except Exception as error:
            # Each further component might wait for a connection that does not come.
            log.warning("The components of the device '%s' are left out: '%s' fails: %s", name, path, error)
            components = {}
            break
    if components:
        described["components"] = components
    return described


def _component_names(device: Any) -> Iterable[str]:
    if hasattr(device, "component_names"):
        names = device.component_names
        return list(names) if isinstance(names, Iterable) else []
    if hasattr(device, "children"):
        return [name for name, _ in device.children()]
    return []


def _is_area_detector(device: Any) -> bool:
    return any(
        base.__name__ == "ADBase" and base.__module__.startswith("ophyd.areadetector") for base in type(device).__mro__
    )
