"""What the rows behind a value are, by the query in ``quality/store/sql/explain`` that lists them.

A query that is not named here works too: its rows are compared by all that it says of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowKind:
    """``what`` the rows are; ``same``: the columns by which a row is found again in another period,
    the repository apart (empty: all but lines); ``number``: the column that says how bad it is
    (``by``: the one that the indicator names); ``group``: the column of what a person acts on
    together; ``moves``: a row that stands in another file now is the same; ``alike``: the column by
    which one is found again that has another name now; ``passing``: what happened in a period, of
    which nothing can be new since another; ``once``: the rows of a file are repaired
    together; ``hidden``: columns to compute with, which no reader is shown; ``bare``: its moments
    are in UTC and do not say so themselves."""

    what: str = "rows"
    same: tuple[str, ...] = ()
    number: str = ""
    group: str = ""
    moves: bool = False
    alike: str = ""
    passing: bool = False
    once: bool = False
    hidden: tuple[str, ...] = ()
    bare: bool = False


_FINDING = RowKind("findings", ("path", "rule", "message"), group="rule", moves=True)
_DECLARED = RowKind("findings", ("path", "tool", "rule", "message"), group="rule", moves=True)

ROWS: dict[str, RowKind] = {
    "functions": RowKind("functions", ("path", "function"), number="by", moves=True, alike="body",
                         hidden=("body",)),
    "blocks": RowKind("blocks", ("path", "block"), number="cc", moves=True),
    "duplication": RowKind("duplicated blocks", ("places",), number="code_lines"),
    "new_functions": RowKind("functions", ("path", "function"), number="ccn", moves=True),
    "new_duplication": RowKind("runs of new lines", ("path",), number="new_lines"),
    "findings": _FINDING,
    "new_findings": _FINDING,
    "security": _FINDING,
    "hidden": _FINDING,
    "declared": _DECLARED,
    "new_declared": _DECLARED,
    "inherited_findings": RowKind("rules", ("rule",), number="now"),
    "suppressions": RowKind("directives", ("path", "tool", "text"), group="tool", moves=True),
    "unmeasured": RowKind("unmeasured files", ("path", "analyzer"), group="reason", once=True),
    "unseen": RowKind("files that nobody reads", ("path", "what"), group="what", number="bytes"),
    "coverage": RowKind("files", ("path",), number="not_run"),
    "debts": RowKind("debts", ("path", "what"), number="minutes", group="what"),
    "files": RowKind("files", ("path",)),
    "maintainability": RowKind("files", ("path",), hidden=("millionths",)),
    "languages": RowKind("languages", ("language",)),
    "tickets_open": RowKind("tickets", ("id",), bare=True),
    **dict.fromkeys(
        ("tickets_first_response", "tickets_next_response", "tickets_resolution",
         "tickets_closure"),
        RowKind("clocks", ("id", "began"), number="minutes", group="policy", hidden=("seconds",),
                passing=True, bare=True),
    ),
    "tickets_reopened": RowKind("tickets", ("id",), passing=True, bare=True),
    "tickets_time": RowKind("tickets", ("id",), number="waiting_minutes", passing=True),
    "service_time": RowKind("stretches", ("begins",), number="seconds", hidden=("against",),
                            passing=True),
    "service_outages": RowKind("outages", ("begins",), number="counted", passing=True),
    "defects_found": RowKind("defects", ("id",), hidden=("counts",), passing=True),
    "defects_open": RowKind("defects", ("id",), number="days", hidden=("seconds",)),
    "defects_fixed": RowKind("defects", ("id",), number="days", hidden=("seconds",),
                             passing=True),
    "ratings": RowKind("properties", ("property",)),
}  # fmt: skip


_PLAIN = RowKind()


def kind_of(query: str) -> RowKind:
    """What the rows of a query are."""
    return ROWS.get(query, _PLAIN)
