"""Moves with reports: what others declare of a code, and how it could be made to look better.

Each is a pair of deliveries, the honest one of which fails its service level; see ``moves``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from reports.scorecard.page import html
from tests.collectors.records.reports import lcov, result, run, sarif
from tests.conftest import Desk
from tests.quality.gaming.moves import HEAD, Files

pytestmark = pytest.mark.slow

LEVEL = {
    "coverage": "{id: D, class: critical, indicator: coverage.line, minimum: 70}",
    "branches": "{id: D, class: critical, indicator: coverage.branch, minimum: 70}",
    "findings": "{id: D, class: critical, indicator: findings.density, minimum: 50}",
}
TESTED = "".join(f"def t{n}(a):\n    if a:\n        a += {n}\n    return a\n" for n in range(5))
UNTESTED = TESTED.replace("def t", "def u")
TESTED_LINES = dict.fromkeys(range(1, 21), 1)
UNTESTED_LINES = dict.fromkeys(range(1, 21), 0)
BOTH: Files = {"src/tested.py": TESTED, "src/untested.py": UNTESTED}
ALL = lcov(("src/tested.py", TESTED_LINES), ("src/untested.py", UNTESTED_LINES))
SOME = lcov(("src/tested.py", TESTED_LINES))
FEW = {line: int(line % 2 == 0) for line in range(1, 21)}
FORKS = "".join(f"BRDA:{4 * n + 2},0,{way},{{}}\n" for n in range(5) for way in range(2))


def forks(report: str, *taken: int) -> str:
    """A report whose files have branches, taken so often."""
    parts = report.split("end_of_record\n")
    return "".join(
        f"{part}{FORKS.replace('{}', str(times))}end_of_record\n"
        for part, times in zip(parts, taken, strict=False)
    )


def python(files: dict[str, tuple[list[int], list[int], list[int]]]) -> str:
    """The JSON of coverage.py: lines run, not run and excluded."""
    keys = ("executed_lines", "missing_lines", "excluded_lines")
    said = {name: dict(zip(keys, lines, strict=True)) for name, lines in files.items()}
    return json.dumps({"meta": {"format": 3, "version": "7"}, "files": said})


FOUND = sarif(run(*(result("src/tested.py", line) for line in range(1, 9))))
CLEAN = sarif(run())
ALL_LINES = list(range(1, 21))


@dataclass(frozen=True)
class Case:
    """A pair of deliveries: ``gamed`` may take several commits. ``words``: what the page says where
    the gamed one is met; "": it fails."""

    name: str
    level: str
    honest: Files
    gamed: Sequence[Files]
    words: str = ""


def coverage(name: str, gamed: str, *, words: str = "", honest: str = ALL, **files: str) -> Case:
    """A move with a report of tests; ``files``: what else is delivered with it."""
    more: Files = {key.replace("__", "/") + ".py": text for key, text in files.items()}
    return Case(
        name, "coverage", {**BOTH, "ci/r": honest}, [{**BOTH, **more, "ci/r": gamed}], words
    )


def findings(name: str, gamed: str, words: str = "") -> Case:
    """A move with a report of findings."""
    return Case(name, "findings", {**BOTH, "ci/r": FOUND}, [{**BOTH, "ci/r": gamed}], words)


CASES = (
    coverage("untested files left out of the coverage report", SOME),
    coverage("a directive that leaves untested functions out of coverage",
             python({"src/tested.py": (ALL_LINES, [], []), "src/untested.py": ([], [], ALL_LINES)}),
             src__untested=UNTESTED.replace("(a):", "(a):  # pragma: no cover")),
    coverage("a directive that leaves untested lines out of coverage",
             python({"src/tested.py": (ALL_LINES, [], []),
                     "src/untested.py": ([4 * n + 1 for n in range(5)], [],
                                         [4 * n + m for n in range(5) for m in (2, 3, 4)])}),
             words="Lines that directives leave out"),
    coverage("hits in blank lines and beyond the end of a file",
             lcov(("src/tested.py", TESTED_LINES),
                  ("src/untested.py", UNTESTED_LINES | dict.fromkeys(range(22, 200), 1)))),
    coverage("a covered file named many times", ALL + SOME * 9),
    coverage("a coverage report of files that are not there",
             ALL + "".join(lcov((f"src/x{n}.py", TESTED_LINES)) for n in range(9))),
    coverage("a truncated coverage report", SOME[:-9]),
    Case("branches left out of the coverage report", "branches",
         {**BOTH, "ci/r": forks(ALL, 1, 0)},
         [{**BOTH, "ci/r": forks(SOME, 1)}]),
    Case("the coverage report of an older commit", "coverage",
         {**BOTH, "ci/r": ALL},
         [{"src/tested.py": TESTED, "ci/r": SOME}, {"src/untested.py": UNTESTED}]),
    findings("findings marked as suppressed",
             sarif(run(*(result("src/tested.py", line, suppressions=[{"kind": "inSource"}])
                         for line in range(1, 9)))), "Suppressed"),
    findings("rules switched off in the supplier's analyzer", CLEAN, "declared by the supplier"),
    findings("findings in files outside of the repository", FOUND.replace("src/", "/usr/lib/")),
    findings("a report of an analyzer that did not run",
             sarif(run(invocations=[{"executionSuccessful": False}]))),
    findings("a report without a run", sarif()),
    Case("no report any more", "findings", {**BOTH, "ci/r": FOUND}, [{**BOTH}]),
    Case("an old clean report delivered again", "findings",
         {**BOTH, "ci/r": FOUND},
         [{"src/untested.py": UNTESTED, "ci/r": CLEAN}, {"src/tested.py": TESTED}]),
)  # fmt: skip

DECLARED = {each.name: each.words for each in CASES}
REPORT = "- {name: report, repository: r, path: ci/r, declared_by: supplier}"


@pytest.mark.parametrize("case", CASES, ids=[each.name for each in CASES])
def test_a_move_with_a_report_does_not_end_in_a_plain_met(case: Case, desk: Desk) -> None:
    for name, commits in (("honest", [case.honest]), ("gamed", case.gamed)):
        days = ("2026-05-01T00:00:00Z", "2026-08-01T00:00:00Z")[-len(commits) :]
        for files, day in zip(commits, days, strict=True):
            desk.repository(name, files, at=day)
        section = "findings" if case.level == "findings" else "coverage"
        text = HEAD.format(id=name)
        text += f"{section}:\n  {REPORT}\nservice_levels:\n  - {LEVEL[case.level]}\n"
        path = desk.folder / f"{name}.contract.yaml"
        path.write_text(text, encoding="utf-8")
        desk.contracts.append(path)
    desk.measure()
    honest, gamed = desk.evaluate(pages=True)
    assert honest.service_levels[0].outcome == "failed"
    assert honest.service_levels[0].measured
    assert gamed.service_levels[0].outcome == ("met" if case.words else "failed")
    assert case.words in html.page(gamed)
