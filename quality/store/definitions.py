"""The SQL under ``quality/store/sql``: queries, and the tables, views and macros that they read.

A file of ``scope`` or ``indicators`` defines what it is named after. What it reads stands in its
text, so the order in which definitions are made, and what a count depends on, follow from there.
"""

from __future__ import annotations

import re
from functools import cache

from quality.store.migrating import SQL


@cache
def sql(name: str) -> str:
    """The text of ``quality/store/sql/NAME.sql``, without its comments."""
    lines = (SQL / f"{name}.sql").read_text("utf-8").splitlines()
    return "\n".join(filter(None, (line.partition("--")[0].rstrip() for line in lines)))


@cache
def definitions() -> dict[str, str]:
    """What may be read in a scope, by name: its tables, views and macros, and the indicators."""
    return {
        name: sql(f"{folder}/{name}")
        for folder in ("scope", "indicators")
        for entry in (SQL / folder).iterdir()
        for name in [entry.name.removesuffix(".sql")]
    }


def needed(text: str) -> tuple[str, ...]:
    """The definitions that a query reads, each after all that it reads itself."""
    found: dict[str, None] = {}
    for name in dict.fromkeys(re.findall(r"\w+", text)):
        if name in definitions() and name not in found:
            before = re.sub(rf"\b{name}\b", "", definitions()[name])
            found |= dict.fromkeys([*needed(before), name])
    return tuple(found)
