"""The fewest rows whose repair brings a value to a limit, heaviest first.

Where each row weighs by itself, no smaller set would do. Duplicated blocks may share lines, and
then the set is found greedily. Where no row can be named, it is told how much is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from quality.model.evidence import Limit, Repair
from quality.model.verdict import Measured, Verdict
from quality.verdicts.behind.mended import MADE_OF_ALL, WAYS, Aim, Item
from quality.verdicts.behind.rows import Table

SHOWN = 20
LIMITS: tuple[Limit, Limit] = ("minimum", "expected")


@dataclass(slots=True)
class _Marked:
    """The repairs of a service level, and the rows of each by the limit."""

    repairs: list[Repair] = field(default_factory=list)
    rows: dict[int, Limit] = field(default_factory=dict)


def repairs(verdict: Verdict, table: Table) -> tuple[tuple[Repair, ...], dict[int, Limit]]:
    """What to repair to meet the minimum and then the expected level, of what is not met; and by
    the row's number the limit that it is repaired for first."""
    found = _Marked()
    for name, repository, aim in _missed(verdict, table):
        if table.mending.lacking:
            found.repairs.append(_lacking(name, repository, aim))
        elif table.mending.weight:
            _add(found, table, name, repository, aim)
    return tuple(found.repairs), found.rows


def why_not(verdict: Verdict, table: Table) -> str:
    """Why nothing is told of a value that misses a limit; "": it misses none, or all is told."""
    return table.mending.why_not if _missed(verdict, table) else ""


def _missed(verdict: Verdict, table: Table) -> list[tuple[Limit, str, Aim]]:
    """The limits that are not met, the minimum first, by repository where each must meet them."""
    limits = {name: getattr(verdict, name) for name in LIMITS}
    if limits["minimum"] == limits["expected"]:
        del limits["expected"]
    stated = dict(table.level.parameters)
    parameter = table.level.indicator.parameter
    default = parameter.default if parameter else None
    percentile = int(stated.get("percentile") or default or 0)
    found: list[tuple[Limit, str, Aim]] = []
    for name, limit in limits.items():
        for repository, measured in _parts(verdict):
            if limit is not None and verdict.good != "none":
                aim = Aim(measured, limit, verdict.good == "high", percentile)
                if not aim.holds(measured):
                    found.append((name, repository, aim))
    return found


def _parts(verdict: Verdict) -> list[tuple[str, Measured]]:
    """What must meet the limits: every repository by itself, or all together as ""."""
    if verdict.scope == "each-repository":
        parts = [(part.repository, part.measured) for part in verdict.repositories]
    else:
        parts = [("", verdict.measured)]
    return [(name, measured) for name, measured in parts if measured and measured.denominator]


def _lacking(name: Limit, repository: str, aim: Aim) -> Repair:
    """How much the numerator lacks."""
    measured = aim.measured
    wanted = -(-Fraction(aim.limit) * measured.denominator // measured.scale)
    return Repair(
        to=name, limit=aim.limit, repository=repository, rows=0,
        weight=int(wanted) - measured.numerator, numerator=int(wanted),
        denominator=measured.denominator, reached=True, first=(),
    )  # fmt: skip


def _add(found: _Marked, table: Table, name: Limit, repository: str, aim: Aim) -> None:
    """Take the heaviest items until the limit holds."""
    counts = table.at(table.mending.counts)
    rows = [
        (at, row)
        for at, row in enumerate(table.rows)
        if (not repository or row[0] == repository) and (counts is None or row[counts])
    ]
    taken: list[Item] = []
    now, reached = aim.measured, False
    for item, then in WAYS[table.mending.by](table, rows, aim):
        taken.append(item)
        now = then
        if reached := aim.holds(now):
            break
    if not taken and table.mending.by in MADE_OF_ALL:
        return
    for at in (at for item in taken for at in item.rows):
        found.rows.setdefault(at, name)
    found.repairs.append(
        Repair(
            to=name,
            limit=aim.limit,
            repository=repository,
            rows=len(taken),
            weight=abs(aim.measured.numerator - now.numerator),
            numerator=now.numerator,
            denominator=now.denominator,
            reached=reached,
            first=tuple(table.row(table.rows[item.rows[0]]) for item in taken[:SHOWN]),
        )
    )
