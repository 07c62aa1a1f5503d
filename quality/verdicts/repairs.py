"""The fewest rows whose repair brings a value to a limit, heaviest first.

Where each row weighs on the numerator by itself, no smaller set would do. Duplicated blocks may
share lines, and then the set is found greedily: a line counts until no block holds it any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from quality.catalogue.indicators import EACH
from quality.model.evidence import Limit, Repair
from quality.model.verdict import Measured, Verdict
from quality.verdicts.rows import Raw, Table

SHOWN = 20
LIMITS: tuple[Limit, Limit] = ("minimum", "expected")
_GRAVEST = ("critical", "error", "major", "warning", "minor", "note")


@dataclass(frozen=True, slots=True)
class _Item:
    """What is repaired at once: rows by their numbers, worst first, and what they weigh. ``spans``:
    a block's (path, first position) places, each of ``size`` lines; ``leaves``: how many lines
    leave the denominator too."""

    rows: tuple[int, ...]
    weight: int
    grave: int = 0
    leaves: int = 0
    size: int = 0
    spans: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class _Marked:
    """The repairs of a service level, and the rows of each by the limit."""

    repairs: list[Repair] = field(default_factory=list)
    rows: dict[int, Limit] = field(default_factory=dict)


def repairs(verdict: Verdict, table: Table) -> tuple[tuple[Repair, ...], dict[int, Limit]]:
    """What to repair to meet the minimum and then the expected level, of what is not met; and by
    the row's number the limit that it is repaired for first."""
    found = _Marked()
    if not table.level.indicator.weight:
        return (), {}
    limits = {name: getattr(verdict, name) for name in LIMITS}
    if limits["minimum"] == limits["expected"]:
        del limits["expected"]
    for name, limit in limits.items():
        for repository, measured in _parts(verdict):
            if limit is not None and not _holds(verdict, measured, limit):
                _add(found, verdict, table, (name, limit), (repository, measured))
    return tuple(found.repairs), found.rows


def _parts(verdict: Verdict) -> list[tuple[str, Measured]]:
    """What must meet the limits: every repository by itself, or all together as ""."""
    if verdict.scope == "each-repository":
        parts = [(part.repository, part.measured) for part in verdict.repositories]
    else:
        parts = [("", verdict.measured)]
    return [(name, measured) for name, measured in parts if measured and measured.denominator]


def _holds(verdict: Verdict, measured: Measured, limit: Decimal) -> bool:
    exact = measured.exact
    if exact is None:  # nothing is left
        return True
    return exact >= Fraction(limit) if verdict.good == "high" else exact <= Fraction(limit)


def _add(
    found: _Marked,
    verdict: Verdict,
    table: Table,
    to: tuple[Limit, Decimal],
    of: tuple[str, Measured],
) -> None:
    """Take the heaviest items until the limit holds."""
    (name, limit), (repository, measured) = to, of
    taken: list[_Item] = []
    now = measured
    items = sorted(
        _items(table, repository), key=lambda each: (-each.weight, each.grave, each.rows[0])
    )
    steps = _largest(items, table, limit) if table.level.indicator.combine == "max" else (
        _blocks(items, measured) if table.at("places") is not None
        else _sums(items, measured, verdict.good == "high")
    )  # fmt: skip
    reached = False
    for item, then in steps:
        taken.append(item)
        now = then
        if reached := _holds(verdict, now, limit):
            break
    numbers = [at for item in taken for at in item.rows]
    for at in numbers:
        found.rows.setdefault(at, name)
    found.repairs.append(
        Repair(
            to=name,
            limit=limit,
            repository=repository,
            rows=len(taken),
            weight=abs(measured.numerator - now.numerator),
            numerator=now.numerator,
            denominator=now.denominator,
            reached=reached,
            first=tuple(table.row(table.rows[item.rows[0]]) for item in taken[:SHOWN]),
        )
    )


def _items(table: Table, repository: str) -> Iterator[_Item]:
    """What may be repaired in a repository ("": in all)."""
    rows = [
        (at, row)
        for at, row in enumerate(table.rows)
        if not repository or row[0] == repository
    ]  # fmt: skip
    if table.at("places") is not None:
        yield from (_block(at, row, table) for at, row in rows)
    elif table.kind.once:
        path, weigh = table.columns.index("path"), table.columns.index(table.level.indicator.weight)
        files: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for at, row in rows:
            files.setdefault((row[0], row[path]), []).append((at, int(row[weigh])))
        for each in files.values():
            yield _Item(tuple(at for at, _ in each), max(weight for _, weight in each))
    else:
        leaving = table.level.indicator.query == "new_duplication"
        for at, row in rows:
            if weight := _weight(row, table):
                yield _Item((at,), weight, _grave(row, table), leaves=weight * leaving)


def _weight(row: Raw, table: Table) -> int:
    name = table.level.indicator.weight
    return 1 if name == EACH else int(row[table.columns.index(name)] or 0)


def _grave(row: Raw, table: Table) -> int:
    at = next((at for name in ("severity", "level") if (at := table.at(name)) is not None), None)
    return _GRAVEST.index(row[at]) if at is not None and row[at] in _GRAVEST else 0


def _block(at: int, row: Raw, table: Table) -> _Item:
    lines, places = int(row[table.columns.index("code_lines")]), row[table.columns.index("places")]
    return _Item(
        (at,),
        lines * len(places),
        leaves=lines * (len(places) - 1),
        size=lines,
        spans=tuple((f"{row[0]}\0{each['path']}", each["position"]) for each in places),
    )


Step = tuple[_Item, Measured]


def _sums(items: Sequence[_Item], measured: Measured, more: bool) -> Iterator[Step]:
    """Each item with the value once it and all before it are repaired."""
    top, bottom = measured.numerator, measured.denominator
    for item in items:
        top += item.weight if more else -item.weight
        bottom -= item.leaves
        yield item, Measured(max(top, 0), bottom, measured.scale)


def _blocks(items: Sequence[_Item], measured: Measured) -> Iterator[Step]:
    """The same of blocks, whose lines may belong to several."""
    held = Counter(line for item in items for line in _lines(item))
    top, bottom = measured.numerator, measured.denominator
    for item in items:
        for line in _lines(item):
            held[line] -= 1
            top -= not held[line]
        bottom -= item.leaves
        yield item, Measured(max(top, 0), max(bottom, 0), measured.scale)


def _lines(item: _Item) -> Iterator[tuple[str, int]]:
    for path, first in item.spans:
        yield from ((path, first + number) for number in range(item.size))


def _largest(items: Sequence[_Item], table: Table, limit: Decimal) -> Iterator[Step]:
    """Those above the limit, each with the largest number that is left."""
    numbers = [table.number(table.rows[item.rows[0]]) or 0 for item in items]
    above = sorted(
        ((number, item) for number, item in zip(numbers, items, strict=True) if number > limit),
        key=lambda pair: -pair[0],
    )
    rest = max((number for number in numbers if number <= limit), default=int(limit))
    left = [*(number for number, _ in above[1:]), max(rest, 0)]
    for (_, item), largest in zip(above, left, strict=False):
        yield item, Measured(largest, 1, 1)
