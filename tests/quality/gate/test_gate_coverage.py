"""What tests run of the lines that a change brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git.checkout import Checkout
from collectors.git.revisions import EMPTY_TREES
from collectors.process.bounded import Supervisor
from quality.errors import UsageError
from quality.gate.merge import gate
from quality.gate.request import MergeRequest
from quality.model.gate import GateResult, GateVerdict
from tests.collectors.records.reports import cobertura, lcov
from tests.conftest import Desk
from tests.quality.contracts import parse
from tests.quality.gate.judging import rules, unread
from tests.repositories import Repository

RULE = "- {id: G-1, rule: coverage.new_lines, at_least: 80}"
OLD = "def f(a):\n    return a\n"
NEW = OLD + "\n\ndef g(a):\n    if a:\n        return 1\n    return 2\n"  # lines 5 to 8
SOURCE = """\
coverage:
  - {{name: tests, repository: billing, path: ci/*.info, declared_by: supplier{}}}
"""


def judged(repo: Repository, text: str, *reports: Path, base: str = "main~1") -> GateResult:
    request = MergeRequest(parse(text), "billing", base, "main", coverage=reports)
    with Checkout(repo.folder) as checkout, Supervisor() as processes:
        return gate(request, unread(request, checkout, processes))


def verdict(repo: Repository, folder: Path, report: str) -> GateVerdict:
    (folder / "report").write_text(report)
    return judged(repo, rules(RULE), folder / "report").verdicts[0]


@pytest.fixture
def change(repo: Repository) -> Repository:
    repo.commit({"src/a.py": OLD})
    repo.commit({"src/a.py": NEW})
    return repo


def test_new_lines_that_tests_run_are_counted_of_those_that_can_be_run(
    change: Repository, tmp_path: Path
) -> None:
    report = lcov(("/ci/src/a.py", {1: 1, 2: 0, 5: 1, 6: 1, 7: 0, 8: 1}))
    found = verdict(change, tmp_path, report)
    assert (found.value, found.outcome) == (75, "failed")
    assert found.reason == "3 of 4 new lines that can be run"
    (hit,) = found.hits
    assert (hit.path, hit.line, hit.end_line, hit.number) == ("src/a.py", 7, 7, 1)


def test_enough_of_them_pass_and_the_command_names_the_report(
    change: Repository, tmp_path: Path
) -> None:
    report = tmp_path / "report"
    report.write_text(cobertura(("a.py", {5: 1, 6: 1, 7: 2, 8: 1}), source="/ci/src"))
    result = judged(change, rules(RULE), report)
    assert (result.verdicts[0].value, result.outcome) == (100, "passed")
    assert result.command.endswith(f" --coverage {report}")


def test_code_that_moved_to_another_file_is_not_new(change: Repository, tmp_path: Path) -> None:
    change.commit({"src/a.py": OLD, "src/b.py": NEW.removeprefix(OLD) + "\n\nSEEN = g(1)\n"})
    report = lcov(("src/a.py", {1: 1, 2: 1}), ("src/b.py", {3: 0, 4: 0, 5: 0, 6: 0, 9: 1}))
    found = verdict(change, tmp_path, report)
    assert (found.value, found.outcome) == (100, "passed")
    assert found.reason == "1 of 1 new lines that can be run"


def test_what_the_report_passes_over_is_not_run(change: Repository, tmp_path: Path) -> None:
    found = verdict(change, tmp_path, lcov(("src/a.py", {1: 1, 2: 1})))
    assert (found.value, found.outcome) == (0, "failed")
    assert found.reason == "0 of 4 new lines that can be run"
    assert [(hit.line, hit.end_line) for hit in found.hits] == [(5, 8)]


def test_a_file_that_the_report_leaves_out_is_not_run(change: Repository, tmp_path: Path) -> None:
    change.commit({"src/b.py": NEW})
    found = verdict(change, tmp_path, lcov(("src/a.py", {1: 1, 2: 1, 5: 1, 6: 1, 7: 1, 8: 1})))
    assert (found.value, found.outcome) == (0, "failed")
    assert {hit.path for hit in found.hits} == {"src/b.py"}


def test_new_lines_that_nobody_names_are_said(change: Repository, tmp_path: Path) -> None:
    found = verdict(change, tmp_path, lcov(("src/a.py", {1: 1, 5: 1, 6: 1, 8: 1})))
    assert (found.value, found.outcome) == (100, "passed")
    assert found.reason == "3 of 3 new lines that can be run, 1 that no report names"


def test_a_change_without_lines_that_can_be_run_passes(repo: Repository, tmp_path: Path) -> None:
    repo.commit({"src/a.py": NEW})
    repo.commit({"src/a.py": NEW + "# more\n"})
    found = verdict(repo, tmp_path, lcov(("src/a.py", {1: 1})))
    assert (found.value, found.outcome) == (None, "passed")
    assert found.reason == "no new line that can be run"


@pytest.mark.parametrize(
    ("report", "why"),
    [
        ("", "cannot be read: in none of the formats"),
        (lcov(("src/a.py", {1: 1}))[:-9], "cannot be read: it ends in the middle"),
        (lcov(("src/a.py", {1: 1}), ("x.py", {1: 1})), "only 1 of the 2 files"),
        (lcov(("src/a.py", {1: 1, 3: 1, 4: 1, 90: 1})), "only 1 of the 4 lines"),
    ],
)
def test_a_report_that_does_not_fit_is_no_pass(
    change: Repository, tmp_path: Path, report: str, why: str
) -> None:
    found = verdict(change, tmp_path, report)
    assert (found.value, found.outcome) == (None, "unknown")
    assert why in found.reason


def test_without_a_report_nothing_is_known(change: Repository) -> None:
    result = judged(change, rules(RULE))
    assert result.outcome == "unknown"
    assert "give one with --coverage FILE" in result.verdicts[0].reason
    with pytest.raises(UsageError, match=r"--coverage .*nowhere: No such file"):
        judged(change, rules(RULE), Path("nowhere"))


def test_a_report_may_lie_in_the_head_where_the_contract_says(repo: Repository) -> None:
    report = lcov(("src/a.py", {1: 1, 5: 1, 6: 1, 7: 1, 8: 1}))
    repo.commit({"src/a.py": OLD, "ci/unit.info": "SF:old\nend_of_record\n"})
    repo.commit({"src/a.py": NEW, "ci/unit.info": report})
    assert judged(repo, rules(RULE) + SOURCE.format("")).outcome == "passed"


def test_what_tests_are_not_to_cover_is_left_out(repo: Repository, tmp_path: Path) -> None:
    script = "function f(a) {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n"
    repo.commit({"src/a.py": OLD})
    repo.commit({"src/a.py": NEW, "b.js": script})
    report = tmp_path / "report"
    report.write_text(lcov(("src/a.py", {5: 1, 6: 1, 7: 1, 8: 1})))
    values = [
        judged(repo, rules(RULE) + SOURCE.format(more), report).verdicts[0].reason
        for more in ("", ", languages: [python]")
    ]
    assert values == [f"4 of {total} new lines that can be run" for total in (4 + 6, 4)]


def test_gate_and_scorecard_count_alike_where_all_is_new(desk: Desk) -> None:
    """A file half run, one of which some functions are passed over, and one that is left out."""
    script = "function f(a) {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n"
    files = {"src/a.py": NEW, "src/b.py": NEW + NEW.replace("def ", "def b_"), "lib/c.js": script}
    report = lcov(
        ("/ci/src/a.py", {1: 1, 2: 0, 5: 1, 6: 0, 7: 1, 8: 1}),
        ("/ci/src/b.py", {1: 1, 2: 1, 3: 1}),
    )
    repository = desk.repository("billing", files | {"ci/unit.info": report})
    level = "{id: L, class: key, indicator: coverage.line}"
    desk.contract(["billing"], [level], more=SOURCE.format(""))
    desk.measure()
    counted = desk.verdicts()["L"].measured
    assert counted
    (found,) = judged(repository, rules(RULE) + SOURCE.format(""), base=EMPTY_TREES[0]).verdicts[:1]
    share = f"{counted.numerator} of {counted.denominator} new lines that can be run"
    assert found.reason.startswith(share)
    assert (counted.numerator, counted.denominator) == (6, 6 + 2 + 4 + 4 + 6)
