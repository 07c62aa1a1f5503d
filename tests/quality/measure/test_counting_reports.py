"""Reports of others: which of them stands, and what counts of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quality.store import reports
from quality.store.database import Store
from tests.collectors.records.reports import commit, lcov, result, run, sarif
from tests.conftest import Desk
from tests.examples import table
from tests.quality.measure.receiving import (
    CODE,
    OCTOBER,
    ONE,
    OTHER,
    TWO,
    contract,
    judged,
    measured,
    numbers,
)

# ---------------------------------------------------------------- what stands


def test_what_a_period_was_judged_by_is_not_replaced(desk: Desk) -> None:
    sha = desk.repository("r", {"src/a.py": CODE}).tip()
    contract(desk, "file: x.sarif")
    for day, results in ((3, TWO), (8, ONE), (9, sarif(run()))):
        claim = f'"versionControlProvenance": [{{"revisionId": "{sha}"}}], "results"'
        (desk.folder / "x.sarif").write_text(results.replace('"results"', claim))
        desk.now = OCTOBER.replace(day=day)
        desk.measure()
        verdict, report = judged(desk)
        assert numbers(verdict) == (2, 4)
    assert report.later == 2
    assert report.received_at == OCTOBER


@pytest.mark.slow
def test_before_its_end_a_period_is_judged_by_what_came_last(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE})
    contract(desk, "file: x.sarif")
    for day, text in ((10, ONE), (11, TWO)):
        (desk.folder / "x.sarif").write_text(text)
        desk.now = datetime(2026, 8, day, tzinfo=UTC)
        desk.measure()
    assert numbers(judged(desk)[0]) == (2, 4)


@pytest.mark.slow
def test_a_report_that_is_taken_away_stays_what_it_was(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE})
    contract(desk, "file: x.sarif")
    (desk.folder / "x.sarif").write_text(ONE)
    measured(desk)
    (desk.folder / "x.sarif").unlink()
    desk.now = datetime(2026, 10, 9, tzinfo=UTC)
    desk.measure()
    assert numbers(judged(desk)[0]) == (1, 4)
    with Store(desk.session.database, read_only=True) as store:
        assert [each.found for each in reports.batches(store, "ACME")] == [True, False]


@pytest.mark.slow
def test_bytes_that_came_before_are_not_read_again(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE, "a.sarif": ONE})
    desk.repository("r", {"README.md": "x"}, at="2026-10-01T00:00:00Z")
    contract(desk, "path: a.sarif")
    desk.now = datetime(2026, 11, 22, tzinfo=UTC)
    desk.measure()  # two periods, two commits, one content
    with Store(desk.session.database, read_only=True) as store:
        (count,) = store.connection.execute("select count(*) from report_contents").fetchall()
        assert count == (1,)
        assert len(reports.batches(store, "ACME")) == 2


# ---------------------------------------------------------------- what counts of it


def test_only_findings_in_production_files_count_and_the_others_are_shown(desk: Desk) -> None:
    report = sarif(
        run(
            result("/ci/src/a.py", 4, level="error"),
            result("/ci/src/a.py", 4, level="error", message={"text": "once more"}),
            result("/ci/src/a.py", 3, level="note"),
            result("/ci/tests/test_a.py", 1),
            result("/ci/src/a.py", 2, suppressions=[{"kind": "inSource"}]),
            result("/ci/src/a.py", 2, kind="pass"),
            result("/ci/vendor/v.py", 2),
            result("/ci/src/b.py", 2, rule="S1"),
            result("/usr/include/x.h", 1),
            rules=[{"id": "S1", "properties": {"tags": ["CWE-89"]}}],
        )
    )
    files = {"src/a.py": CODE, "src/b.py": OTHER, "tests/test_a.py": CODE, "vendor/v.py": CODE}
    desk.repository("r", {**files, "lint.sarif": report})
    base = "class: key, indicator: findings.density"
    contract(desk, "path: lint.sarif", *(
        f"{{id: L{n}, {base}{more}}}"
        for n, more in enumerate(("", ", level: error", ", level: warning", ", level: note",
                                  ", rule: S1", ", cwe: 89", ", cwe: 79", ", source: lint"))
    ))  # fmt: skip
    measured(desk)
    (evaluation,) = desk.evaluate()
    found = [numbers(each)[0] for each in evaluation.service_levels]
    assert found == [3, 1, 2, 3, 1, 1, 0, 3]
    (declared,) = evaluation.scorecard.declared
    assert dict(declared.counts) == {
        "findings in production files": 3,
        "in other files": 2,
        "outside of the snapshot": 1,
        "suppressed": 1,
        "results that are not findings": 1,
    }
    assert declared.outside == ("/usr/include/x.h",)
    session = desk.session
    explained = session.explain(session.requests("2026-Q3")[0], "L0", 9)
    assert [(row[1:4], row[5:7]) for row in explained.rows] == [
        (("src/a.py", 4, "error"), ("lint", "R1")),
        (("src/b.py", 2, "warning"), ("lint", "S1")),
        (("src/a.py", 3, "note"), ("lint", "R1")),
    ]


COVERED = lcov(("src/a.py", {1: 1, 2: 1, 3: 0, 4: 1}))
BOTH = ("{id: L, class: critical, indicator: coverage.line, minimum: 50}",
        "{id: B, class: key, indicator: coverage.branch}")  # fmt: skip


def test_lines_are_counted_in_the_code_of_the_snapshot(desk: Desk) -> None:
    code = "# a comment\n\ndef f(a):\n    if a:\n        return 1\n    return 2\n"
    lines = {3: 1, 4: 1, 5: 0, 6: 1}
    report = lcov(("a.py", lines), ("a.py", {5: 2}), ("t/test_a.py", {1: 1}))
    desk.repository("r", {"a.py": code, "t/test_a.py": "x = 1\n", "cov.info": report})
    contract(desk, "path: cov.info", *BOTH, section="coverage")
    measured(desk)
    verdict, declared = judged(desk)
    assert numbers(verdict) == (4, 4)  # the same file twice adds up, and counts once
    assert dict(declared.counts)["lines named without code"] == 0


@pytest.mark.slow
def test_what_a_report_passes_over_counts_as_not_run(desk: Desk) -> None:
    """Lines of g and h of b.py (2 each): too short; the long one of c.py: 5, its 2 decisions."""
    long = "def long(a):\n    if a:\n        a = 1\n    # a comment\n    if a > 2:\n        a = 3\n"
    report = COVERED.replace("end_of", "BRDA:2,0,0,1\nBRDA:2,0,1,0\nend_of")
    desk.repository("r", {"src/a.py": CODE, "b.py": OTHER, "c.py": long, "cov.info": report})
    contract(desk, "path: cov.info", *BOTH, section="coverage")
    measured(desk)
    verdicts = desk.verdicts()
    assert numbers(verdicts["L"]) == (3, 4 + 5)
    assert numbers(verdicts["B"]) == (1, 2 + 2 * 2)
    session = desk.session
    rows = session.explain(session.requests("2026-Q3")[0], "L", 9).rows
    assert [row[1:4] for row in rows] == [("c.py", 5, 5), ("src/a.py", 1, 4)]
    assert rows[0][-1] == "long:1"


@pytest.mark.slow
def test_languages_say_what_tests_are_to_cover(desk: Desk) -> None:
    script = "function f(a) {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n"
    desk.repository("r", {"src/a.py": CODE, "b.js": script, "cov.info": COVERED})
    contract(desk, "path: cov.info", *BOTH, section="coverage")
    measured(desk)
    assert numbers(desk.verdicts()["L"]) == (3, 4 + 6)
    contract(desk, "path: cov.info, languages: [python]", *BOTH, section="coverage")
    assert numbers(desk.verdicts()["L"]) == (3, 4)


def test_a_report_without_branches_says_nothing_of_branches(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE, "cov.info": COVERED})
    contract(desk, "path: cov.info", *BOTH, section="coverage")
    measured(desk)
    assert desk.verdicts()["B"].outcome == "unknown"


def test_lines_of_another_version_are_refused(desk: Desk) -> None:
    lines = {1: 1, 2: 1, 4: 1, 7: 1, 9: 1, 12: 1}
    desk.repository("r", {"src/a.py": CODE, "cov.info": lcov(("src/a.py", lines))})
    contract(desk, "path: cov.info", *BOTH, section="coverage")
    measured(desk)
    assert "only 50 % of the 6 lines that it names hold code" in judged(desk)[0].reason


@pytest.mark.slow
def test_every_line_of_a_file_named_is_no_other_version(desk: Desk) -> None:
    """As V8 does: blank lines and comments too, which count for nothing."""
    code = "# one\n# two\n\n\n\ndef f(a):\n    return a\n"
    report = lcov(("a.py", dict.fromkeys(range(1, 8), 1)))
    desk.repository("r", {"a.py": code, "cov.info": report})
    contract(desk, "path: cov.info", *BOTH, section="coverage")
    measured(desk)
    verdict, declared = judged(desk)
    assert numbers(verdict) == (2, 2)
    assert dict(declared.counts)["lines named without code"] == 5


@pytest.mark.slow
def test_the_database_is_asked_of_what_is_stored_only(desk: Desk, tmp_path: Path) -> None:
    """A report in one contract is none of another's, though both read one repository."""
    desk.repository("r", {"src/a.py": CODE, "lint.sarif": ONE})
    contract(desk, "path: lint.sarif")
    desk.contract(["r"], ["{id: D, class: key, indicator: size.nloc}"], name="other")
    measured(desk)
    one, other = desk.evaluate()
    assert len(one.scorecard.declared) == 1
    assert other.scorecard.declared == ()


# ---------------------------------------------------------------- since the baseline

NEW = "{id: D, class: critical, indicator: findings.new_density, minimum: 400}"
OLD_CODE = "def f(a):\n    eval(a)\n    eval(a)\n    return exec(a)\n"
NEW_CODE = f"{OLD_CODE}\n\ndef g(b):\n    return exec(b + 1)\n"


def compared(
    desk: Desk, before: str, now: str, code: str = NEW_CODE, path: str = "src/a.py"
) -> None:
    """A baseline of May with its report, and a delivery of August with another."""
    files = {"src/a.py": OLD_CODE} | ({"lint.sarif": before} if before else {})
    base = desk.repository("r", files, at="2026-05-01T00:00:00Z").tip()
    desk.repository("r", {"src/a.py": None}, at="2026-06-01T00:00:00Z")
    desk.repository("r", {path: code, "lint.sarif": now}, at="2026-08-01T00:00:00Z")
    source = "{name: lint, repository: r, path: lint.sarif, declared_by: supplier}"
    more = f"baseline: {{commit: '{base}'}}\nfindings:\n  - {source}\n"
    desk.contract(["r"], [NEW], head="unmeasured: failed", more=more)
    measured(desk)


BEFORE = sarif(run(result("src/a.py", 2), result("src/a.py", 4)))


@pytest.mark.slow
def test_findings_that_the_baseline_has_are_not_new(desk: Desk) -> None:
    """A second finding on an equal line is new, and so is the one on the new line."""
    now = [result("src/a.py", line) for line in (2, 3, 4, 8)]
    compared(desk, BEFORE, sarif(run(*now)))
    verdict, _ = judged(desk)
    assert numbers(verdict) == (2, 3)  # of two new lines, and the old one that has a finding now
    session = desk.session
    rows = session.explain(session.requests("2026-Q3")[0], "D", 9).rows
    assert [row[1:3] for row in rows] == [("src/a.py", 3), ("src/a.py", 8)]


@pytest.mark.slow
def test_a_renamed_file_and_another_layout_bring_no_new_findings(desk: Desk) -> None:
    code = "# moved\n\n" + NEW_CODE.replace("    ", "  ")
    now = [result("lib/moved.py", line) for line in (4, 6)]
    compared(desk, BEFORE, sarif(run(*now)), code, "lib/moved.py")
    assert numbers(judged(desk)[0]) == (0, 2)


@pytest.mark.slow
def test_a_rule_that_the_baseline_knows_by_another_name_is_new(desk: Desk) -> None:
    compared(desk, BEFORE, sarif(run(result("src/a.py", 2, rule="R2"))))
    assert numbers(judged(desk)[0])[0] == 1


@pytest.mark.parametrize(
    ("before", "why"),
    table(
        [
            ("", "lint, of the baseline: no file lint.sarif"),
            (BEFORE[:-5], "lint, of the baseline: lint.sarif: it cannot be read"),
            (sarif(run(tool="other")), "lint, of the baseline: no report is of lint"),
            (
                sarif(run(**commit("ab" * 20))),
                "of the baseline: lint.sarif: it speaks of commit abab",
            ),
        ],
        {0},
    ),
)
def test_without_a_report_on_the_baseline_nobody_knows_what_is_new(
    desk: Desk, before: str, why: str
) -> None:
    compared(desk, before, sarif(run(result("src/a.py", 2))))
    verdict, _ = judged(desk)
    assert (verdict.outcome, verdict.measured) == ("unknown", None)  # though unmeasured: failed
    assert why in verdict.reason


@pytest.mark.slow
def test_a_report_that_names_no_commit_is_not_the_baselines_by_its_place_alone(desk: Desk) -> None:
    base = desk.repository("r", {"src/a.py": OLD_CODE}, at="2026-05-01T00:00:00Z").tip()
    desk.repository("r", {"src/a.py": NEW_CODE}, at="2026-08-01T00:00:00Z")
    (desk.folder / "x.sarif").write_text(BEFORE)
    more = f"baseline: {{commit: '{base}'}}\nfindings:\n"
    more += "  - {name: lint, repository: r, file: x.sarif, declared_by: customer}\n"
    desk.contract(["r"], [NEW], more=more)
    measured(desk)
    assert "it names no commit: nobody knows" in judged(desk)[0].reason
