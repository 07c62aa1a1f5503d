"""What is new, worse and gone among the rows behind a value, since an earlier period.

A row is found again by what it is, not by its line. Of several alike, those of equal numbers are
the same, then the others in their order; and where its kind may move, a row that stands in another
file with the same number is no other row, nor is a function of another name with the same code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from quality.model.evidence import Changes, EvidenceGroup
from quality.verdicts.behind.rows import Raw, Table

SHOWN = 10


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Rows by their number in today's table: which are new, which are worse (with the number
    before); and by their number in the earlier one, which are gone."""

    new: tuple[int, ...]
    worse: dict[int, int]
    gone: tuple[int, ...]

    def told(self, since: str, now: Table, then: Table) -> Changes:
        """The same for a reader."""
        new = [now.row(now.rows[at]) for at in self.new[:SHOWN]]
        worse = [now.row(now.rows[at], self.worse[at]) for at in list(self.worse)[:SHOWN]]
        gone = [then.row(then.rows[at]) for at in self.gone[:SHOWN]]
        return Changes(
            since,
            EvidenceGroup("new", len(self.new), tuple(new)),
            EvidenceGroup("worse", len(self.worse), tuple(worse)),
            EvidenceGroup("gone", len(self.gone), tuple(gone)),
        )


def difference(now: Table, then: Table) -> RowChanges:
    """How two tables of one service level differ."""
    same = _same(now)
    left, right = list(range(len(now.rows))), list(range(len(then.rows)))
    worse: dict[int, int] = {}

    def exact(table: Table) -> Callable[[int], Hashable]:
        return lambda at: (same(table.rows[at]), table.number(table.rows[at]))

    left, right, _ = _paired(left, right, exact(now), exact(then))
    left, right, pairs = _paired(
        left, right, lambda at: same(now.rows[at]), lambda at: same(then.rows[at])
    )
    for here, there in pairs:
        number, before = now.number(now.rows[here]), then.number(then.rows[there])
        if number is not None and before is not None and number > before:
            worse[here] = before
    if now.kind.moves:
        anywhere = _same(now, without="path")
        left, right, _ = _paired(
            left,
            right,
            lambda at: (anywhere(now.rows[at]), now.number(now.rows[at])),
            lambda at: (anywhere(then.rows[at]), then.number(then.rows[at])),
        )
    if now.kind.alike:
        here, there = now.columns.index(now.kind.alike), then.columns.index(now.kind.alike)
        left, right, _ = _paired(
            left,
            right,
            lambda at: (now.rows[at][0], now.rows[at][here]),
            lambda at: (then.rows[at][0], then.rows[at][there]),
        )
    return RowChanges(tuple(left), dict(sorted(worse.items())), tuple(right))


def _same(table: Table, without: str = "") -> Callable[[Raw], Hashable]:
    """What a row is, whatever line it stands in."""
    names = table.kind.same or tuple(
        name for name in table.columns[1:] if name not in {"line", "last_line", table.numbers}
    )
    wanted = [table.columns.index(name) for name in names if name in table.columns]
    wanted = [at for at in wanted if table.columns[at] != without]

    def key(row: Raw) -> Hashable:
        return (row[0], *(_hashable(row[at]) for at in wanted))

    return key


def _hashable(value: object) -> Hashable:
    if isinstance(value, list):  # of a block's places the files
        return tuple(sorted(each["path"] if isinstance(each, dict) else each for each in value))
    return value


def _paired(
    left: Iterable[int],
    right: Iterable[int],
    of_left: Callable[[int], Hashable],
    of_right: Callable[[int], Hashable],
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """What stands on one side alone, and the pairs of equal keys in their order."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for at in right:
        waiting[of_right(at)].append(at)
    for found in waiting.values():
        found.reverse()
    alone, pairs = [], []
    for at in left:
        found = waiting.get(of_left(at), [])
        if found:
            pairs.append((at, found.pop()))
        else:
            alone.append(at)
    return alone, sorted(at for found in waiting.values() for at in found), pairs
