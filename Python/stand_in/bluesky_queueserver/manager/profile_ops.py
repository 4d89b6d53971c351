"""What the profile says about single plans and devices."""

from __future__ import annotations

import re
from typing import Any


class _RegisteredItems:
    def __init__(self) -> None:
        self.reg_devices: dict[str, dict[str, Any]] = {}
        self.reg_plans: dict[str, dict[str, Any]] = {}

    def register_device(self, name: str, *, depth: int = 1, exclude: bool = False) -> None:
        """Says how deep the device is listed (0: all of it), or that it is not listed at all."""
        _check_name(name)
        if not isinstance(depth, int):
            raise TypeError(f"The depth of the device '{name}' must be an integer, and not {depth!r}")
        if depth < 0:
            raise ValueError(f"The depth of the device '{name}' must not be negative: {depth}")
        self.reg_devices[name] = {"obj": None, "depth": depth, "exclude": bool(exclude)}

    def register_plan(self, name: str, *, exclude: bool = False) -> None:
        """Says that a plan is not listed."""
        _check_name(name)
        self.reg_plans[name] = {"obj": None, "exclude": bool(exclude)}


def _check_name(name: str) -> None:
    if not isinstance(name, str):
        raise TypeError(f"The name of a plan or device must be a text, and not {name!r}")
    if not re.fullmatch("[_a-zA-Z][_a-zA-Z0-9]*", name):
        raise ValueError(f"{name!r} cannot be the name of a plan or device in the startup code")


reg_ns_items = _RegisteredItems()
register_device = reg_ns_items.register_device
register_plan = reg_ns_items.register_plan
