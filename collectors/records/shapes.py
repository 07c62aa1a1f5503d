"""Values of a foreign JSON by what they should be: whatever is something else is empty."""

from __future__ import annotations

from typing import Any

LARGEST = 2_147_483_647  # what a column of the database holds


def a_dict(value: object) -> dict[str, Any]:
    """The value, where it is an object."""
    return value if isinstance(value, dict) else {}


def a_list(value: object) -> list[Any]:
    """The value, where it is a list."""
    return value if isinstance(value, list) else []


def a_text(value: object) -> str:
    """The value, where it is a text."""
    return value if isinstance(value, str) else ""


def whole(value: object) -> int:
    """The value, where it is a whole number that counts something; else 0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value) if abs(value) <= LARGEST else 0
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST:
        return value
    return 0
