"""The lists of the plans and devices in the namespace of the worker."""

from __future__ import annotations

import inspect
import logging
from typing import Any, Callable

from re_worker.descriptions.devices import describe_device
from re_worker.descriptions.plans import PlanDescriptionError, describe_plan

log = logging.getLogger("re_worker")


class Lists:
    """Finds and describes plans and devices.

    :param max_depth: default depth of the trees of devices; 0 for all of it.
    :param ignores_invalid_plans: whether plans that cannot be described are left out; else they are an error.
    """

    def __init__(self, max_depth: int, ignores_invalid_plans: bool) -> None:
        self._max_depth = max_depth
        self._ignores_invalid_plans = ignores_invalid_plans
        self.json: dict[str, Any] = {"plans": {}, "devices": {}}
        self._has_been_made = False

    def update(self, namespace: dict[str, Any]) -> bool:
        """Makes the lists anew and tells whether they have changed, as they always have the first time.

        :raises PlanDescriptionError: if a plan cannot be described and such are not ignored.
        """
        new = {"plans": {}, "devices": self._describe_devices(namespace)}
        new["plans"] = self._describe_plans(namespace, new["devices"])
        has_changed = new != self.json or not self._has_been_made
        self.json = new
        self._has_been_made = True
        return has_changed

    def _describe_devices(self, namespace: dict[str, Any]) -> dict[str, Any]:
        registered = _registered("reg_devices")
        found = _find(namespace, _is_device, registered, "device")
        return {
            name: describe_device(
                device,
                name,
                registered[name]["depth"] if name in registered else self._max_depth,
                is_registered=name in registered,
            )
            for name, device in found.items()
        }

    def _describe_plans(self, namespace: dict[str, Any], devices: dict[str, Any]) -> dict[str, Any]:
        found = _find(namespace, _is_plan, _registered("reg_plans"), "plan")
        described = {}
        for name, plan in found.items():
            try:
                described[name] = describe_plan(plan, devices, found)
            except PlanDescriptionError as error:
                if not self._ignores_invalid_plans:
                    raise
                log.warning("PLAN WAS IGNORED: %s", error)
        return described


def _registered(kind: str) -> dict[str, dict[str, Any]]:
    """What the profile has said with ``register_plan`` and ``register_device``."""
    from bluesky_queueserver.manager.profile_ops import reg_ns_items

    registered: dict[str, dict[str, Any]] = getattr(reg_ns_items, kind)
    return registered


def _find(
    namespace: dict[str, Any],
    is_wanted: Callable[[Any], bool],
    registered: dict[str, dict[str, Any]],
    kind: str,
) -> dict[str, Any]:
    """Objects of a kind by name, without those that the profile has excluded."""
    for name, registration in registered.items():
        if not registration["exclude"] and not (name in namespace and _answers(is_wanted, namespace[name])):
            log.warning("The registered %s '%s' is not in the namespace, or is no %s", kind, name, kind)
    return {
        name: found
        for name, found in list(namespace.items())
        if not registered.get(name, {}).get("exclude", False) and _answers(is_wanted, found)
    }


def _answers(question: Callable[[Any], bool], candidate: Any) -> bool:
    """Whether it is so; no for an object whose attributes cannot even be looked at, such as a proxy that is offline."""
    try:
        return question(candidate)
    except Exception:
        return False


def _is_plan(candidate: Any) -> bool:
    try:
        from bluesky.utils import is_plan
    except ImportError:
        return inspect.isgeneratorfunction(candidate)
    return bool(is_plan(candidate))


def _is_device(candidate: Any) -> bool:
    from bluesky.protocols import Flyable, Readable

    if inspect.isclass(candidate):
        return False
    # Devices of ophyd-async may be neither readable nor flyable, but have children.
    return isinstance(candidate, (Readable, Flyable)) or hasattr(candidate, "children")
