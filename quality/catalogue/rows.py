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
    together; ``moves``: a row that stands in another file now is the same; ``once``: the rows of a
    file are repaired together; ``repaired``: what that means."""

    what: str = "rows"
    same: tuple[str, ...] = ()
    number: str = ""
    group: str = ""
    moves: bool = False
    once: bool = False
    repaired: str = ""


_FINDING = RowKind(
    "findings", ("path", "rule", "message"), group="rule", moves=True,
    repaired="all weigh the same; the gravest are named first",
)  # fmt: skip
_DECLARED = RowKind(
    "findings", ("path", "tool", "rule", "message"), group="rule", moves=True,
    repaired="all weigh the same; the gravest are named first",
)  # fmt: skip
_TESTED = "its lines or branches are all run"

ROWS: dict[str, RowKind] = {
    "functions": RowKind(
        "functions", ("path", "function"), number="by", moves=True,
        repaired="each is brought to its limit, and its lines stay in the code",
    ),
    "blocks": RowKind(
        "blocks", ("path", "block"), number="cc", moves=True,
        repaired="each is brought to its limit, and stays one block",
    ),
    "duplication": RowKind(
        "duplicated blocks", ("places",), number="code_lines",
        repaired="each block stays at one place, and its other copies leave the code",
    ),
    "new_functions": RowKind(
        "functions", ("path", "function"), number="ccn", moves=True,
        repaired="each is brought to its limit, and its new lines stay in the code",
    ),
    "new_duplication": RowKind(
        "runs of new lines", ("path",), number="new_lines",
        repaired="each run leaves the code for a call",
    ),
    "findings": _FINDING,
    "new_findings": _FINDING,
    "security": _FINDING,
    "hidden": _FINDING,
    "declared": _DECLARED,
    "new_declared": _DECLARED,
    "inherited_findings": RowKind(
        "rules", ("rule",), number="now", repaired="no finding of the rule is left",
    ),
    "suppressions": RowKind(
        "directives", ("path", "tool", "text"), group="tool", moves=True,
        repaired="all weigh the same",
    ),
    "unmeasured": RowKind(
        "unmeasured files", ("path", "analyzer"), group="reason", once=True,
        repaired="each can be measured as it is",
    ),
    "unseen": RowKind(
        "files that nobody reads", ("path", "what"), group="what", number="bytes",
        repaired="each is written in a language that is read, of the same size",
    ),
    "coverage": RowKind("files", ("path",), number="not_run", repaired=_TESTED),
    "debts": RowKind(
        "debts", ("path", "what"), number="minutes", group="what", repaired="each is paid",
    ),
    "files": RowKind("files", ("path",)),
    "maintainability": RowKind("files", ("path",)),
    "languages": RowKind("languages", ("language",)),
    "tickets_open": RowKind("tickets", ("id",), repaired="all weigh the same, the oldest first"),
    **dict.fromkeys(
        ("tickets_first_response", "tickets_next_response", "tickets_resolution",
         "tickets_closure"),
        RowKind("clocks", ("id", "began"), number="minutes", group="policy",
                repaired="each ends within its target"),
    ),
    "tickets_reopened": RowKind("tickets", ("id",), repaired="none is opened again"),
    "tickets_time": RowKind("tickets", ("id",), number="waiting_minutes"),
    "service_time": RowKind("intervals", ("begins",), number="seconds"),
    "service_outages": RowKind("outages", ("begins",), number="counted"),
    "defects_found": RowKind("defects", ("id",)),
    "defects_open": RowKind(
        "defects", ("id",), number="days", repaired="all weigh the same, the oldest first",
    ),
    "defects_fixed": RowKind("defects", ("id",), number="days"),
    "ratings": RowKind("properties", ("property",)),
}  # fmt: skip


def kind_of(query: str) -> RowKind:
    """What the rows of a query are."""
    return ROWS.get(query, RowKind())
