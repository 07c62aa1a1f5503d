"""Records as plain data for JSON: the keys are the attributes' own names."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from quality.model.recipe import Recipe, RecipeInfo
from quality.model.verdict import Measured, Verdict


def plain(value: object) -> Any:
    """A record key by key: numbers that are exact become text, days and moments ISO 8601. A moment
    is told in UTC; without a zone it is UTC, as the store keeps it."""
    if is_dataclass(value):
        return picked(value, *(each.name for each in fields(value)))
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def picked(record: object, *names: str) -> dict[str, Any]:
    """These attributes of a record."""
    return {name: plain(getattr(record, name)) for name in names}


def measured(value: Measured | None) -> dict[str, int | float | None]:
    """A value and the exact integers behind it; each None where it is unknown."""
    return {name: getattr(value, name, None) for name in ("numerator", "denominator", "value")}


def decided(verdict: Verdict) -> dict[str, Any]:
    """Where each repository is judged by itself, the one that decides and its value."""
    part = verdict.decided_by
    if part is None:
        return {}
    return {"decided_by": {"repository": part.repository, **measured(part.measured)}}


def recipe(used: Recipe | RecipeInfo) -> dict[str, Any]:
    """Which recipe it was, with its tools' versions by name."""
    return picked(used, "id", "digest") | {"tools": dict(used.tools)}
