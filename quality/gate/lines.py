"""The gate rules that look at new code lines: how many stand elsewhere too, how many are tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quality.contract.gate_rules import GateRule
from quality.gate.change import Change, FileChange
from quality.gate.facts import FactBook
from quality.gate.functions import Judgement, decimal, fingerprinted, rows
from quality.gate.new import new_lines
from quality.model.facts import CodeLines
from quality.model.gate import GateHit
from quality.model.repository import TreeFile

WINDOW = 6  # consecutive code lines that make a duplicate, as in duplication.share
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


def duplication(rule: GateRule, change: Change, book: FactBook) -> Judgement:
    """duplication.new_share: new code lines inside a window that stands at two or more places in
    the head's production files of its language, in percent of the new code lines."""
    code = _new_code(change.production, book)
    total = sum(sum(each.new) for each in code)
    parameters = (("lines", WINDOW),)
    if total < FEWEST:
        reason = f"{_new(total)}: not judged under {FEWEST}"
        return Judgement(None, "percent", False, reason=reason, parameters=parameters)
    places = _places(code, change, book)
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
    return Judgement(decimal(share), "percent", failed, fingerprinted(hits), reason,
                     parameters=parameters)  # fmt: skip


def tests_ratio(rule: GateRule, change: Change, book: FactBook) -> Judgement:
    """tests.ratio: new code lines of tests, in percent of the new code lines of production."""
    tests = sum(sum(each.new) for each in _new_code(change.tests, book))
    production = sum(sum(each.new) for each in _new_code(change.production, book))
    if production == 0:
        return Judgement(None, "percent", False, reason="no new production code", good="high")
    ratio = Fraction(100 * tests, production)
    reason = f"{_new(tests)} of tests, {production} of production code"
    failed = ratio < Fraction(rule.at_least or 0)
    return Judgement(decimal(ratio), "percent", failed, reason=reason, good="high")


def _new(number: int) -> str:
    return f"{number} new code line{'' if number == 1 else 's'}"


def _new_code(changes: Sequence[FileChange], book: FactBook) -> list[_NewCode]:
    found = []
    for each in changes:
        if lines := _lines(book, each.head):
            found.append(_NewCode(each.head, lines, new_lines(lines, _lines(book, each.base))))
    return found


def _lines(book: FactBook, file: TreeFile | None) -> CodeLines | None:
    return next(
        (row for row in rows(book, file, "clones", CodeLines) if isinstance(row, CodeLines)), None
    )


def _window(file: TreeFile, lines: CodeLines, first: int) -> Window:
    return file.language or "", lines.hashes[first : first + WINDOW]


def _places(code: Sequence[_NewCode], change: Change, book: FactBook) -> dict[Window, list[Place]]:
    """Where each window with a new line stands in the head."""
    places: dict[Window, list[Place]] = {w: [] for each in code for _, w in each.windows()}
    starts = {hashes[0] for _, hashes in places}
    for file in change.sources:
        lines = _lines(book, file)
        for first, line in enumerate(lines.hashes if lines else ()):
            if lines and line in starts:
                window = _window(file, lines, first)
                if window in places:
                    places[window].append((file.path, lines.numbers[first]))
    return places


def _runs(
    code: _NewCode, covered: dict[int, Window], places: dict[Window, list[Place]]
) -> Iterator[GateHit]:
    """Consecutive new lines that stand elsewhere too, and where the first of them do."""
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
                      "duplicated code", text, length, None, mark, True)  # fmt: skip


def new_line_wishes(change: Change, *, whole: bool, tests: bool) -> Iterator[tuple[TreeFile, str]]:
    """What these rules need measured; ``whole``: all production files of the languages at hand."""
    for each in (*change.production, *(change.tests if tests else ())):
        yield each.head, "clones"
        if each.base:
            yield each.base, "clones"
    languages = {each.head.language for each in change.production} if whole else set()
    for file in change.sources:
        if file.language in languages:
            yield file, "clones"


def limit_of(rule: GateRule) -> Decimal | None:
    """The one limit that a rule's contract entry has."""
    return rule.at_least if rule.at_most is None else rule.at_most
