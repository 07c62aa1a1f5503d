"""The gate rules that look at new code lines: how many stand elsewhere too, how many are tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from quality.catalogue.gate_rules import DUPLICATE_LINES as WINDOW
from quality.contract.gate_rules import GateRule
from quality.gate.change import FileChange
from quality.gate.comparison import Comparison
from quality.gate.facts import GateFacts
from quality.gate.new import new_lines
from quality.gate.results import RuleResult, decimal
from quality.model.facts import CodeLines
from quality.model.gate import GateHit
from quality.model.repository import TreeFile

FEWEST = 20  # new code lines; a share of fewer says nothing

Window = tuple[str, tuple[int, ...]]  # language and the hashes of the lines
Place = tuple[str, int]  # path and the number of the first line


@dataclass(frozen=True, slots=True)
class _NewCode:
    """A changed file's code lines, and for each whether it is new."""

    file: TreeFile
    lines: CodeLines
    new: Sequence[bool]

    def windows(self) -> Iterator[tuple[int, Window]]:
        """Each window that holds a new line, by the place of its first line."""
        for first in range(len(self.new) - WINDOW + 1):
            if any(self.new[first : first + WINDOW]):
                yield first, _window(self.file, self.lines, first)


def duplication(rule: GateRule, comparison: Comparison) -> RuleResult:
    """duplication.new_share: new code lines inside a window that stands at two or more places in
    the head's production files of its language, in percent of the new code lines."""
    change = comparison.change
    code = _new_code(change.production, comparison.facts, change.gone)
    total = sum(sum(each.new) for each in code)
    if total < FEWEST:
        return RuleResult(None, False, reason=f"{_new(total)}: not judged under {FEWEST}")
    places = _places(code, comparison)
    hits, doubled = list[GateHit](), 0
    for each in code:
        covered: dict[int, Window] = {}
        for first, window in each.windows():
            if len(places[window]) > 1:
                inside = (p for p in range(first, first + WINDOW) if each.new[p])
                for place in inside:
                    covered.setdefault(place, window)
        doubled += len(covered)
        hits += _runs(each, covered, places)
    hits.sort(key=lambda hit: (-(hit.number or 0), hit.path, hit.line))
    share = Fraction(100 * doubled, total)
    reason = f"{doubled} of {total} new code lines"
    failed = share > Fraction(rule.at_most or 0)
    return RuleResult(decimal(share), failed, tuple(hits), reason)


def tests_ratio(rule: GateRule, comparison: Comparison) -> RuleResult:
    """tests.ratio: new code lines of tests, in percent of the new code lines of production."""
    change = comparison.change
    tests, production = (
        sum(sum(each.new) for each in _new_code(changes, comparison.facts, gone))
        for changes, gone in ((change.tests, ()), (change.production, change.gone))
    )
    if production == 0:
        return RuleResult(None, False, reason="no new production code")
    ratio = Fraction(100 * tests, production)
    reason = f"{_new(tests)} of tests, {production} of production code"
    failed = ratio < Fraction(rule.at_least or 0)
    return RuleResult(decimal(ratio), failed, reason=reason)


def _new(number: int) -> str:
    return f"{number} new code line{'' if number == 1 else 's'}"


def _new_code(
    changes: Sequence[FileChange], facts: GateFacts, gone: Sequence[TreeFile] = ()
) -> list[_NewCode]:
    """Each changed file's lines against its base version, and what is new there against what went
    elsewhere: a line that moved to another file is not new."""
    found, away = list[_NewCode](), Counter[tuple[str, int]]()
    for each in changes:
        lines, base = _lines(facts, each.head), _lines(facts, each.base)
        if lines:
            found.append(_NewCode(each.head, lines, new_lines(lines, base)))
        if base and each.base:
            left = Counter(base.hashes) - Counter(lines.hashes if lines else ())
            away.update(_of(each.base, left))
    if any(any(each.new) for each in found):
        facts.measure((file, "clones") for file in gone)
        for file in gone:
            if lines := _lines(facts, file):
                away.update(_of(file, Counter(lines.hashes)))
    return [replace(each, new=_less(each, away)) for each in found]


def _of(file: TreeFile, lines: Counter[int]) -> dict[tuple[str, int], int]:
    return {(file.language or "", line): number for line, number in lines.items()}


def _less(code: _NewCode, away: Counter[tuple[str, int]]) -> list[bool]:
    """Which lines are new after those that moved; these are taken off ``away``."""
    new = []
    for line, fresh in zip(code.lines.hashes, code.new, strict=True):
        key = (code.file.language or "", line)
        moved = fresh and away[key] > 0
        away[key] -= moved
        new.append(fresh and not moved)
    return new


def _lines(facts: GateFacts, file: TreeFile | None) -> CodeLines | None:
    return next(iter(facts.rows(file, "clones", CodeLines)), None)


def _window(file: TreeFile, lines: CodeLines, first: int) -> Window:
    return file.language or "", lines.hashes[first : first + WINDOW]


def _places(code: Sequence[_NewCode], comparison: Comparison) -> dict[Window, list[Place]]:
    """Where each window with a new line stands in the head."""
    places: dict[Window, list[Place]] = {w: [] for each in code for _, w in each.windows()}
    starts = {hashes[0] for _, hashes in places}
    for file in comparison.change.sources:
        lines = _lines(comparison.facts, file)
        for first, line in enumerate(lines.hashes if lines else ()):
            if lines and line in starts:
                window = _window(file, lines, first)
                if window in places:
                    places[window].append((file.path, lines.numbers[first]))
    return places


def _runs(
    code: _NewCode, covered: dict[int, Window], places: dict[Window, list[Place]]
) -> Iterator[GateHit]:
    """Consecutive new lines that also occur elsewhere, and where the first of them do."""
    starts = [place for place in sorted(covered) if place - 1 not in covered]
    for start in starts:
        end = start
        while end + 1 in covered:
            end += 1
        numbers, path = code.lines.numbers, code.file.path
        window = covered[start]
        here = range(numbers[start] - WINDOW * 2, numbers[end] + 1)
        others = [p for p in places[window] if p[0] != path or p[1] not in here] or places[window]
        length = end - start + 1
        verb = "line stands" if length == 1 else "lines stand"
        text = f"{length} new code {verb} in {others[0][0]}:{others[0][1]} too"
        mark = ",".join(f"{line:016x}" for line in code.lines.hashes[start : end + 1])
        yield GateHit(path, numbers[start], numbers[end], "duplication.new_share",
                      "duplicated code", text, mark, length)  # fmt: skip
