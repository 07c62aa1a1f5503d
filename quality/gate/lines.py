"""The gate rules that look at new code lines: how many stand elsewhere too, how many are tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from quality.catalogue.gate_rules import DUPLICATE_LINES as WINDOW
from quality.contract.sections.gate_rules import GateRule
from quality.gate.comparison import Comparison
from quality.gate.moved import NewLines, code_lines, new_code
from quality.gate.results import RuleResult, decimal
from quality.model.facts import CodeLines
from quality.model.gate import GateHit
from quality.model.repository import TreeFile

FEWEST = 20  # new code lines; a share of fewer says nothing

Window = tuple[str, tuple[int, ...]]  # language and the hashes of the lines
Place = tuple[str, int]  # path and the number of the first line


def duplication(rule: GateRule, comparison: Comparison) -> RuleResult:
    """duplication.new_share: new code lines inside a window that stands at two or more places in
    the head's production files of its language, in percent of the new code lines."""
    total = _number(comparison.new_code)
    if total < FEWEST:
        return RuleResult(None, False, reason=f"{_new(total)}: not judged under {FEWEST}")
    hits, doubled = _doubled(comparison)
    share = Fraction(100 * doubled, total)
    reason = f"{doubled} of {total} new code lines"
    failed = share > Fraction(rule.at_most or 0)
    return RuleResult(decimal(share), failed, tuple(hits), reason)


def duplicates(comparison: Comparison) -> list[GateHit]:
    """The new code lines that stand elsewhere too, however few they are."""
    return _doubled(comparison)[0]


def _doubled(comparison: Comparison) -> tuple[list[GateHit], int]:
    """The new lines that stand elsewhere too, the longest run first, and how many they are."""
    code = comparison.new_code
    places = _places(code, comparison)
    hits, doubled = list[GateHit](), 0
    for each in code:
        covered: dict[int, Window] = {}
        for first, window in _windows(each):
            if len(places[window]) > 1:
                inside = (p for p in range(first, first + WINDOW) if each.new[p])
                for place in inside:
                    covered.setdefault(place, window)
        doubled += len(covered)
        hits += _runs(each, covered, places)
    hits.sort(key=lambda hit: (-(hit.number or 0), hit.path, hit.line))
    return hits, doubled


def tests_ratio(rule: GateRule, comparison: Comparison) -> RuleResult:
    """tests.ratio: new code lines of tests, in percent of the new code lines of production."""
    tests = _number(new_code(comparison.change.tests, comparison.facts))
    production = _number(comparison.new_code)
    if production == 0:
        return RuleResult(None, False, reason="no new production code")
    ratio = Fraction(100 * tests, production)
    reason = f"{_new(tests)} of tests, {production} of production code"
    failed = ratio < Fraction(rule.at_least or 0)
    return RuleResult(decimal(ratio), failed, reason=reason)


def _number(code: Sequence[NewLines]) -> int:
    """How many lines are new."""
    return sum(sum(each.new) for each in code)


def _new(number: int) -> str:
    return f"{number} new code line{'' if number == 1 else 's'}"


def _windows(code: NewLines) -> Iterator[tuple[int, Window]]:
    """Each window that holds a new line, by the place of its first line."""
    for first in range(len(code.new) - WINDOW + 1):
        if any(code.new[first : first + WINDOW]):
            yield first, _window(code.file, code.lines, first)


def _window(file: TreeFile, lines: CodeLines, first: int) -> Window:
    return file.language or "", lines.hashes[first : first + WINDOW]


def _places(code: Sequence[NewLines], comparison: Comparison) -> dict[Window, list[Place]]:
    """Where each window with a new line stands in the head."""
    places: dict[Window, list[Place]] = {w: [] for each in code for _, w in _windows(each)}
    starts = {hashes[0] for _, hashes in places}
    for file in comparison.change.sources:
        lines = code_lines(comparison.facts, file)
        for first, line in enumerate(lines.hashes if lines else ()):
            if lines and line in starts:
                window = _window(file, lines, first)
                if window in places:
                    places[window].append((file.path, lines.numbers[first]))
    return places


def _runs(
    code: NewLines, covered: dict[int, Window], places: dict[Window, list[Place]]
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
