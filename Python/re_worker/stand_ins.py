"""Packages that startup code may import although they are not installed."""

from __future__ import annotations

import importlib.util
import os
import sys

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "stand_in")


def offer() -> None:
    """Lets startup code import the helpers of bluesky-queueserver where that is not installed."""
    if importlib.util.find_spec("bluesky_queueserver") is None:
        sys.path.append(_FOLDER)
