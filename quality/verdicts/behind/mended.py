"""What a value becomes as the rows behind it are repaired one after the other.

Each way of mending gives (what is repaired, the value then), heaviest first. Rows that do not make
the value that was judged give nothing: a plan made from them would be a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quality.catalogue.mending import EACH
from quality.model.verdict import Measured
from quality.verdicts.behind.rows import Raw, Table

_GRAVEST = ("critical", "error", "major", "warning", "minor", "note")


@dataclass(frozen=True, slots=True)
class Item:
    """What is repaired at once: rows by their numbers, worst first, and what they weigh. ``spans``:
    a block's (path, first position) places, each of ``size`` lines; ``leaves``: how many lines
    leave the denominator too."""

    rows: tuple[int, ...]
    weight: int
    grave: int = 0
    leaves: int = 0
    size: int = 0
    spans: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """The value as it is, the limit that it is to meet, and whether high is good."""

    measured: Measured
    limit: Decimal
    high: bool
    percentile: int = 0

    def holds(self, measured: Measured) -> bool:
        """Whether a value meets the limit."""
        exact = measured.exact
        if exact is None:  # nothing is left
            return True
        return exact >= Fraction(self.limit) if self.high else exact <= Fraction(self.limit)


Counted = Sequence[tuple[int, Raw]]
"""The rows that count, each with its number in the table."""
Step = tuple[Item, Measured]
Way = Callable[[Table, Counted, Aim], Iterator[Step]]


def _heaviest(items: Iterator[Item] | list[Item]) -> list[Item]:
    return sorted(items, key=lambda each: (-each.weight, each.grave, each.rows[0]))


def _sum(table: Table, rows: Counted, aim: Aim) -> Iterator[Step]:
    """Rows whose weights add up to the numerator, or to what a high share lacks."""
    top, bottom = aim.measured.numerator, aim.measured.denominator
    for item in _heaviest(_weighed(table, rows)):
        top += item.weight if aim.high else -item.weight
        bottom -= item.leaves
        yield item, Measured(max(top, 0), bottom, aim.measured.scale)


def _weighed(table: Table, rows: Counted) -> Iterator[Item]:
    name, leaves = table.mending.weight, table.mending.leaves
    if table.kind.once:
        path, weigh = table.columns.index("path"), table.columns.index(name)
        files: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for at, row in rows:
            files.setdefault((row[0], row[path]), []).append((at, int(row[weigh])))
        for each in files.values():
            yield Item(tuple(at for at, _ in each), max(weight for _, weight in each))
        return
    for at, row in rows:
        if weight := 1 if name == EACH else int(row[table.columns.index(name)] or 0):
            yield Item((at,), weight, _grave(row, table), leaves=weight * leaves)


def _grave(row: Raw, table: Table) -> int:
    at = next((at for name in ("severity", "level") if (at := table.at(name)) is not None), None)
    return _GRAVEST.index(row[at]) if at is not None and row[at] in _GRAVEST else 0


def _blocks(table: Table, rows: Counted, aim: Aim) -> Iterator[Step]:
    """Duplicated blocks, whose lines may belong to several: a line counts until none holds it."""
    items = _heaviest([_block(at, row, table) for at, row in rows])
    held: dict[str, list[int]] = {}  # by path, how many blocks hold each line
    for item in items:
        for path, first in item.spans:
            _hold(held.setdefault(path, []), first, item.size, 1)
    top, bottom = aim.measured.numerator, aim.measured.denominator
    for item in items:
        for path, first in item.spans:
            top -= _hold(held[path], first, item.size, -1)
        bottom -= item.leaves
        yield item, Measured(max(top, 0), max(bottom, 0), aim.measured.scale)


def _hold(lines: list[int], first: int, size: int, more: int) -> int:
    """One block more or less holds ``size`` lines from ``first`` on; how many none holds then."""
    lines.extend([0] * (first + size - len(lines)))
    now = [blocks + more for blocks in lines[first : first + size]]
    lines[first : first + size] = now
    return now.count(0)


def _block(at: int, row: Raw, table: Table) -> Item:
    lines, places = int(row[table.columns.index("code_lines")]), row[table.columns.index("places")]
    return Item(
        (at,),
        lines * len(places),
        leaves=lines * (len(places) - 1),
        size=lines,
        spans=tuple((f"{row[0]}\0{each['path']}", each["position"]) for each in places),
    )


def _largest(table: Table, rows: Counted, aim: Aim) -> Iterator[Step]:
    """Those above the limit, each with the largest number that is left: what is repaired is at the
    limit."""
    numbers = [(table.number(row) or 0, at) for at, row in rows]
    above = sorted((each for each in numbers if each[0] > aim.limit), key=lambda each: -each[0])
    left = [*(number for number, _ in above[1:]), max(int(aim.limit), 0)]
    for (_, at), largest in zip(above, left, strict=False):
        yield Item((at,), 1), Measured(largest, 1, 1)


def _mean(table: Table, rows: Counted, aim: Aim) -> Iterator[Step]:
    """Rows that are brought to the mean that is agreed, in whole units, and keep their size. The
    one that gains most comes first: the gains do not depend on each other, so that no smaller set
    would do."""
    value = table.columns.index(table.mending.weight)
    size = table.at(table.mending.size)
    sized = [(at, int(row[value]), 1 if size is None else int(row[size])) for at, row in rows]
    whole = sum(much for _, _, much in sized)
    if not whole or sum(number * much for _, number, much in sized) != aim.measured.numerator:
        return
    unit = Fraction(aim.measured.denominator, whole)  # of the numbers, in a unit of the limit
    agreed = Fraction(aim.limit) * unit
    wanted = -(-agreed // 1) if aim.high else agreed // 1
    gains = [
        Item((at,), (wanted - number if aim.high else number - wanted) * much)
        for at, number, much in sized
    ]
    top = aim.measured.numerator
    for item in _heaviest([each for each in gains if each.weight > 0]):
        top += item.weight if aim.high else -item.weight
        yield item, Measured(top, aim.measured.denominator, aim.measured.scale)


def _rank(table: Table, rows: Counted, aim: Aim) -> Iterator[Step]:
    """Rows beyond the limit that are brought to it, the worst first; the value is that of a
    percentile by its rank."""
    seconds = _seconds(table, rows)
    if not seconds or ranked(seconds, aim.percentile) != aim.measured.numerator:
        return
    most = int(Fraction(aim.limit) * aim.measured.denominator)
    beyond = [(number, at) for number, at in seconds if number > most]
    for done in range(1, len(beyond) + 1):
        left = [*seconds[len(beyond) :], *[(most, -1)] * done, *beyond[done:]]
        value = ranked(sorted(left, reverse=True), aim.percentile)
        yield Item((beyond[done - 1][1],), 1), Measured(value, aim.measured.denominator, 1)


def _closed(table: Table, rows: Counted, aim: Aim) -> Iterator[Step]:
    """Rows that leave, the worst first; the value is that of a percentile of those that stay."""
    seconds = _seconds(table, rows)
    if not seconds or ranked(seconds, aim.percentile) != aim.measured.numerator:
        return
    for done, (_, at) in enumerate(seconds, start=1):
        left = seconds[done:]
        value = ranked(left, aim.percentile) if left else 0
        yield Item((at,), 1), Measured(value, aim.measured.denominator, 1)


def _seconds(table: Table, rows: Counted) -> list[tuple[int, int]]:
    """(number, row) of all that have one, the largest first."""
    at = table.columns.index(table.mending.weight)
    known = [(int(row[at]), number) for number, row in rows if row[at] is not None]
    return sorted(known, key=lambda each: (-each[0], each[1]))


def ranked(falling: Sequence[tuple[int, int]], percentile: int) -> int:
    """The number at a percentile by nearest rank, of numbers that come largest first."""
    rank = max(1, -(-len(falling) * percentile // 100))
    return falling[len(falling) - rank][0]


WAYS: dict[str, Way] = {
    "sum": _sum,
    "blocks": _blocks,
    "largest": _largest,
    "mean": _mean,
    "rank": _rank,
    "closed": _closed,
}
MADE_OF_ALL = {"mean", "rank", "closed"}
"""Ways that give nothing where the rows do not make the value."""
