"""Which function of lizard's is which of the syntax tree's, and which is none at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from collectors.languages.headers import ANONYMOUS
from collectors.languages.unit import Unit
from collectors.languages.units import TreeUnits
from quality.model.facts import Function

# What lizard takes for the name of a function where a statement stands alone, and what it calls
# the code outside functions.
NO_FUNCTIONS = frozenset({
    "if", "for", "foreach", "while", "switch", "catch", "using", "lock", "fixed", "else", "do",
    "try", "return", "match", "when", "unless", "until", "case", "*global*",
})  # fmt: skip


@dataclass(slots=True, eq=False)
class Listed:
    """A function of lizard's and the lines whose code it was given, as first and last."""

    function: Function
    lines: list[tuple[int, int]]
    spare: int = 0  # decisions that no unit of the tree matched to it accounts for
    cognitive: int = 0  # of what it covers
    stands: bool = True  # it counts with lizard's numbers, not with the tree's

    @property
    def bare(self) -> str:
        """Its name without those of what it is in."""
        name = self.function.name.replace("::", ".")
        return name.rsplit(".", 1)[-1].rsplit(" ", 1)[-1]


class Owners:
    """Which of lizard's functions were given code of a line; looked up only where they differ."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._listed, self._lines = listed, dict[int, list[Listed]]()

    def of(self, line: int) -> Sequence[Listed]:
        """The functions that have code of the line."""
        if not self._lines:
            self._lines[0] = []
            for each in self._listed:
                for first, last in each.lines:
                    for number in range(first, last + 1):
                        self._lines.setdefault(number, []).append(each)
        return self._lines.get(line, ())


def understood(tree: TreeUnits, function: Function) -> bool:
    """Whether the grammar can place all code in a function's lines."""
    return not any(function.start_line <= line <= function.end_line for line in tree.unread)


def real(listed: Sequence[Listed], tree: TreeUnits, matched: Mapping[Unit, Listed]) -> list[Listed]:
    """Lizard's functions without what the tree knows to be none, so that no code is lost in it or
    counted twice: all that it holds stands in the tree's units and statements. What is ``matched``
    stays."""
    known = {id(found) for found in matched.values()}
    free = {unit.bare for unit in tree.units if unit not in matched} - {ANONYMOUS}
    return [each for each in listed if id(each) in known or not _mistaken(each, tree, free)]


def _mistaken(each: Listed, tree: TreeUnits, free: Collection[str]) -> bool:
    """Whether it is a class, a declaration without a body, for which lizard takes the next one's, a
    statement, a call or the type of a function. One that has the name of a unit that nobody matched
    may be that one: a form feed in a comment is a line to lizard."""
    function, lines = each.function, tree.lines
    first, last = function.start_line, function.end_line
    if each.bare in NO_FUNCTIONS:
        return True
    if not understood(tree, function):
        return False
    if first in tree.heads:
        inside = (unit for unit in tree.units if first <= unit.first_line <= unit.end_line <= last)
        return any(unit.role == "functions" for unit in inside)
    if tree.rules.macros or each.bare in free:
        return False
    return bool(lines.count(first, first)) and not lines.strings(first, first)


def match(listed: Sequence[Listed], units: Sequence[Unit]) -> dict[Unit, Listed]:
    """Which function of lizard's is which of the tree's; each is one at most."""
    heads: dict[int, list[Unit]] = {}
    for unit in units:
        for line in {unit.start_line, unit.first_line, unit.body_line}:
            heads.setdefault(line, []).append(unit)
    matched: dict[Unit, Listed] = {}
    for by_name in (True, False):
        taken = {id(found) for found in matched.values()}
        for each in listed:
            if id(each) in taken:
                continue
            free = [
                unit
                for unit in heads.get(each.function.start_line, ())
                if unit not in matched
                and (unit.bare == each.bare if by_name else _begins(each.function, unit))
            ]
            if free:
                matched[min(free, key=_unlike(each.function))] = each
    _match_by_end(listed, units, matched)
    return matched


def _begins(function: Function, unit: Unit) -> bool:
    """Whether a function begins where the unit does; one that begins where its body does could be
    the first thing in it."""
    at_body = function.start_line not in (unit.start_line, unit.first_line)
    return not at_body or function.end_line == unit.end_line


def _unlike(function: Function) -> Callable[[Unit], tuple[bool, bool, bool]]:
    """How little a unit is like a function of lizard's, of several that begin on its line."""

    def unlike(unit: Unit) -> tuple[bool, bool, bool]:
        other_end = unit.end_line != function.end_line
        return other_end, unit.role != "functions", unit.decisions != function.ccn - 1

    return unlike


def _match_by_end(
    listed: Iterable[Listed], units: Iterable[Unit], matched: dict[Unit, Listed]
) -> None:
    """The rest: what begins inside a head (at an annotation) and ends with its function."""
    ends: dict[int, list[Unit]] = {}
    for unit in units:
        if unit not in matched and unit.role == "functions":
            ends.setdefault(unit.end_line, []).append(unit)
    taken = {id(found) for found in matched.values()}
    for each in listed:
        if id(each) not in taken:
            for unit in ends.get(each.function.end_line, ()):
                begins = unit.start_line <= each.function.start_line <= unit.body_line
                if begins and unit not in matched:
                    matched[unit] = each
                    break
