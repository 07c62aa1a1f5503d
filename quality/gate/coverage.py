"""coverage.new_lines: what tests run of the code lines that a change brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quality.contract.sections.gate_rules import GateRule
from quality.gate.comparison import Comparison
from quality.gate.reported import NO_REPORT, HeadReports
from quality.gate.results import RuleResult, decimal
from quality.model.facts import CodeLines, Function
from quality.model.gate import GateHit
from quality.model.reports import HELD

PASSED_OVER = 3  # code lines of a function of which no report names one: it counts as not run


@dataclass(frozen=True, slots=True)
class _File:
    """A changed file's new code lines: those that can be run with whether tests did, and those in
    functions that no report names."""

    path: str
    lines: CodeLines
    new: frozenset[int]
    said: Mapping[int, bool]
    functions: Sequence[Function]

    @property
    def run(self) -> dict[int, bool]:
        """Each new line that can be run, and whether it was."""
        named = {line: hit for line, hit in self.said.items() if line in self.new}
        return dict.fromkeys(self.passed_over, False) | named

    @property
    def passed_over(self) -> set[int]:
        """New code lines of functions of which no line is named."""
        found = set[int]()
        for each in self.functions:
            inside = [n for n in self.lines.numbers if each.start_line <= n <= each.end_line]
            if len(inside) >= PASSED_OVER and self.said.keys().isdisjoint(inside):
                found.update(self.new.intersection(inside))
        return found


def coverage(rule: GateRule, comparison: Comparison) -> RuleResult:
    """coverage.new_lines: new code lines that tests run, in percent of those that can be run."""
    tests = comparison.tests
    if tests is None or tests.why:
        return RuleResult(None, False, unknown=tests.why if tests else NO_REPORT)
    files = list(_files(comparison, tests))
    held = sum(_held(each) for each in files)
    named = sum(len(each.said) for each in files)
    if 100 * held < HELD * named:
        few = f"only {held:,} of the {named:,} lines that the report names in changed files"
        why = f"{few} hold code, at least {HELD} % must: it is of other code"
        return RuleResult(None, False, unknown=why)
    runs = [(each, each.run) for each in files]
    total = sum(len(run) for _, run in runs)
    silent = sum(len(each.new - run.keys()) for each, run in runs)
    aside = f", {silent} that no report names" if silent else ""
    if not total:
        return RuleResult(None, False, reason=f"no new line that can be run{aside}")
    covered = sum(sum(run.values()) for _, run in runs)
    share = Fraction(100 * covered, total)
    hits = sorted(
        (hit for each, run in runs for hit in _hits(each, run)),
        key=lambda hit: (-(hit.number or 0), hit.path, hit.line),
    )
    reason = f"{covered} of {total} new lines that can be run{aside}"
    return RuleResult(decimal(share), share < Fraction(rule.at_least or 0), tuple(hits), reason)


def _files(comparison: Comparison, tests: HeadReports) -> Iterator[_File]:
    for code in comparison.new_code:
        if tests.languages and code.file.language not in tests.languages:
            continue
        new = zip(code.lines.numbers, code.new, strict=True)
        yield _File(
            code.file.path,
            code.lines,
            frozenset(number for number, is_new in new if is_new),
            tests.files.get(code.file.path, {}),
            comparison.facts.rows(code.file, "lizard", Function),
        )


def _whole(said: Mapping[int, bool]) -> bool:
    """Whether every line of a file is named, as V8's coverage does."""
    return bool(said) and len(said) == max(said)


def _held(file: _File) -> int:
    """The lines named that are as they should be."""
    if _whole(file.said):
        return min(len(file.said), max(file.lines.numbers, default=0))
    return len(file.said.keys() & set(file.lines.numbers))


def _hits(file: _File, run: Mapping[int, bool]) -> Iterator[GateHit]:
    """Stretches of new lines that no test runs."""
    hashes = dict(zip(file.lines.numbers, file.lines.hashes, strict=True))
    waiting: list[int] = []
    for line in [*sorted(run), 0]:
        if line and not run[line]:
            waiting.append(line)
        elif waiting:
            mark = ",".join(f"{hashes.get(each, 0):016x}" for each in waiting)
            many = f"{len(waiting)} new lines that no test runs"
            text = "a new line that no test runs" if len(waiting) == 1 else many
            yield GateHit(file.path, waiting[0], waiting[-1], "coverage.new_lines",
                          "not run by tests", text, mark, len(waiting))  # fmt: skip
            waiting = []
