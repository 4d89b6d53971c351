"""Values of Python and NumPy as JSON."""

from __future__ import annotations

import json
from typing import Any


def encode(value: Any) -> bytes:
    """A value as JSON in UTF-8. What JSON does not know is sent as a list, a number or, in the end, as a text."""
    return json.dumps(value, default=_plain, skipkeys=True).encode()


def _plain(value: Any) -> Any:
    # Arrays and scalars of NumPy, without importing it.
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    if hasattr(value, "items"):
        return dict(value)
    return str(value)
