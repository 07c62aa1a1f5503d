"""The SQL under ``quality/store/sql``: queries, and the tables, views and macros that they read.

A file of ``scope`` or ``indicators`` defines what it is named after. What it reads stands in its
text, so the order in which definitions are made, and what a count depends on, follow from there.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

SQL = resources.files("quality.store") / "sql"


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


@cache
def words_of(text: str) -> tuple[str, ...]:
    """The words of a query, each once: the names of all that it reads are among them."""
    return tuple(dict.fromkeys(re.findall(r"\w+", text)))


def needed(text: str) -> tuple[str, ...]:
    """The definitions that a query reads, each after all that it reads itself."""
    found: dict[str, None] = {}
    _add(found, text, "")
    return tuple(found)


def _add(found: dict[str, None], text: str, own: str) -> None:
    for name in words_of(text):
        if name != own and name not in found and name in definitions():
            _add(found, definitions()[name], name)
            found[name] = None
