"""Stands in for bluesky-queueserver where it is not installed: the helpers that startup code imports, and no more."""

from .manager.annotation_decorator import parameter_annotation_decorator
from .manager.profile_ops import register_device, register_plan
from .manager.profile_tools import is_ipython_mode, is_re_worker_active

__all__ = [
    "is_ipython_mode",
    "is_re_worker_active",
    "parameter_annotation_decorator",
    "register_device",
    "register_plan",
]
