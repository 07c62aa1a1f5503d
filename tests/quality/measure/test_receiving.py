"""Reports of others: found, read once, and held to the snapshot that they are to speak of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from quality.cli.app import run as run_command
from tests.collectors.records.reports import commit, result, run, sarif
from tests.conftest import Desk, Quiet
from tests.examples import table
from tests.quality.measure.receiving import (
    CODE,
    LEVEL,
    OCTOBER,
    ONE,
    OTHER,
    TWO,
    contract,
    judged,
    measured,
    numbers,
)

# ---------------------------------------------------------------- where reports are


def test_a_report_is_read_from_the_snapshot_and_from_no_work_tree(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE, "ci/lint.sarif": ONE})
    desk.repository("r", {"ci/lint.sarif": TWO}, at="2026-10-02T00:00:00Z")
    contract(desk, "path: ci/lint.sarif")
    assert not measured(desk).problems
    verdict, report = judged(desk)
    assert numbers(verdict) == (1, 4)
    assert (verdict.outcome, verdict.declared_by) == ("failed", ("supplier",))
    assert (report.note, report.files, report.later) == (
        "claims no commit; it lies in the snapshot", (1, 1), 0,
    )  # fmt: skip
    assert report.tools == (("lint", "1.2"),)


def test_reports_beside_the_contract_are_found_by_pattern_and_add_up(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE, "b.py": OTHER})
    (desk.folder / "out").mkdir()
    (desk.folder / "out/one.sarif").write_text(ONE)
    (desk.folder / "out/two.sarif").write_text(sarif(run(result("b.py", 2), result("src/a.py", 4))))
    contract(desk, "file: out/*.sarif")
    measured(desk)
    verdict, report = judged(desk)
    assert numbers(verdict) == (2, 8)  # what both found counts once
    assert [place for place, _ in report.reports] == ["out/one.sarif", "out/two.sarif"]


def test_the_place_may_name_the_commit(desk: Desk) -> None:
    sha = desk.repository("r", {"src/a.py": CODE}).tip()
    (desk.folder / f"{sha}.sarif").write_text(ONE)
    contract(desk, "file: '{commit}.sarif'")
    measured(desk)
    verdict, report = judged(desk)
    assert numbers(verdict) == (1, 4)
    assert report.note == "claims no commit; its place names the snapshot's"


def test_offline_nothing_new_is_read(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE})
    contract(desk, "file: lint.sarif")
    (desk.folder / "lint.sarif").write_text(ONE)
    desk.now = OCTOBER
    session = desk.session
    session.import_reports(session.ranges(None), Quiet(), offline=False)
    (desk.folder / "lint.sarif").write_text(TWO)
    _, new = desk.session.import_reports(session.ranges(None), Quiet(), offline=True)
    assert new == 0
    assert desk.session.import_reports(session.ranges(None), Quiet(), offline=False)[1] == 1


@pytest.mark.slow
def test_import_brings_in_what_measure_then_counts(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE, "lint.sarif": ONE})
    contract(desk, "path: lint.sarif")
    desk.now = OCTOBER
    session = desk.session
    assert session.import_reports(session.ranges(None), Quiet(), offline=False)[1] == 1
    assert session.import_reports(session.ranges(None), Quiet(), offline=False)[1] == 0
    measured(desk)
    assert numbers(judged(desk)[0]) == (1, 4)


def test_the_command_says_how_much_is_new_and_what_could_not_be_read(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.repository("r", {"src/a.py": CODE, "lint.sarif": ONE})
    contract(desk, "path: lint.sarif")
    words = ["import", str(desk.contracts[0])]
    assert run_command(words) == 0
    assert "1 new report in " in capsys.readouterr().err
    assert run_command(words) == 0
    assert "no new reports in " in capsys.readouterr().err
    contract(desk, "url: 'http://127.0.0.1:9/x'")
    assert run_command(words) == 3
    assert "lint: http://127.0.0.1:9/x: no answer" in capsys.readouterr().err


# ---------------------------------------------------------------- what is missing


@pytest.mark.parametrize(
    ("head", "more", "outcome"),
    table(
        [
            ("unmeasured: failed", "", "failed"),
            ("unmeasured: failed", ", missing: unknown", "unknown"),
            ("unmeasured: unknown", "", "unknown"),
            ("unmeasured: unknown", ", missing: failed", "failed"),
        ],
        {0, 3},
    ),
)
def test_a_missing_report_is_what_the_contract_says(
    desk: Desk, head: str, more: str, outcome: str
) -> None:
    desk.repository("r", {"src/a.py": CODE})
    source = f"{{name: lint, repository: r, path: ci/x.sarif, declared_by: supplier{more}}}"
    desk.contract(["r"], [LEVEL], head=head, more=f"findings:\n  - {source}\n")
    measured(desk)
    verdict, report = judged(desk)
    assert (verdict.outcome, verdict.measured) == (outcome, None)
    assert verdict.reason == "r: lint: no file ci/x.sarif"
    assert report.reason == "no file ci/x.sarif"


@pytest.mark.slow
def test_another_partys_missing_report_is_unknown(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE})
    source = "{name: lint, repository: r, file: x.sarif, declared_by: third party}"
    desk.contract(["r"], [LEVEL], head="unmeasured: failed", more=f"findings:\n  - {source}\n")
    measured(desk)
    assert judged(desk)[0].outcome == "unknown"


def test_what_our_network_hides_is_unknown_whatever_the_contract_says(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE})
    contract(desk, "url: 'http://127.0.0.1:9/x.sarif'", more=", missing: failed")
    found = measured(desk)
    assert "lint: http://127.0.0.1:9/x.sarif: no answer" in found.problems[0]
    assert judged(desk)[0].outcome == "unknown"


def test_before_anybody_looked_nothing_is_known(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE})
    desk.contract(["r"], ["{id: D, class: key, indicator: size.nloc}"])
    measured(desk)
    contract(desk, "path: lint.sarif", more=", missing: failed")
    verdict, _ = judged(desk)
    assert verdict.outcome == "unknown"
    assert "not read yet: run `workmanship import`" in verdict.reason


@pytest.mark.parametrize(
    ("content", "why"),
    table(
        [
            (ONE[:-9], "it cannot be read: it ends in the middle"),
            ("<html>", "it cannot be read: in none of the formats"),
            (sarif(run(result("src/a.py"), result("gone.py"))), "only 50 % of the 2 files"),
            (
                sarif(run(result("src/a.py"), **commit("ab" * 20))),
                f"it speaks of commit {'ab' * 20}",
            ),
        ],
        {0, 3},
    ),
)
def test_a_report_that_does_not_fit_counts_for_nothing(desk: Desk, content: str, why: str) -> None:
    desk.repository("r", {"src/a.py": CODE, "ci/lint.sarif": content})
    contract(desk, "path: ci/lint.sarif", more=", missing: failed")
    measured(desk)
    verdict, report = judged(desk)
    assert (verdict.outcome, verdict.measured) == ("failed", None)
    assert why in verdict.reason
    assert why in report.reason


def test_a_tool_that_no_report_is_of_is_no_clean_file(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE, "lint.sarif": sarif(run())})
    level = "{id: D, class: critical, indicator: findings.density, tool: scan, minimum: 1}"
    contract(desk, "path: lint.sarif", level)
    measured(desk)
    verdict, _ = judged(desk)
    assert (verdict.outcome, verdict.reason) == ("unknown", "r: no report is of scan")


@pytest.mark.slow
def test_a_source_may_ask_for_its_tool(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE, "lint.sarif": ONE})
    contract(desk, "path: lint.sarif, tool: scan")
    measured(desk)
    assert "it is of lint, the contract asks for scan" in judged(desk)[0].reason


# ---------------------------------------------------------------- of which commit


@pytest.mark.slow
def test_a_report_in_the_repository_names_a_commit_before_its_own(desk: Desk) -> None:
    first = desk.repository("r", {"src/a.py": CODE}).tip()
    named = sarif(run(result("src/a.py", 4), **commit(first)))
    desk.repository("r", {"ci/lint.sarif": named}, at="2026-08-02T00:00:00Z")
    contract(desk, "path: ci/lint.sarif")
    measured(desk)
    verdict, report = judged(desk)
    assert numbers(verdict) == (1, 4)
    assert report.note == f"claims commit {first[:12]}, whose production code is the same"


def test_a_report_of_code_that_changed_since_counts_for_nothing(desk: Desk) -> None:
    first = desk.repository("r", {"src/a.py": CODE}).tip()
    named = sarif(run(**commit(first)))
    desk.repository("r", {"ci/lint.sarif": named, "src/b.py": OTHER}, at="2026-08-02T00:00:00Z")
    contract(desk, "path: ci/lint.sarif")
    measured(desk)
    assert f"it speaks of commit {first}" in judged(desk)[0].reason


@pytest.mark.parametrize("digits", table([7, 12, 40], {1}))
def test_a_report_may_name_the_snapshot_in_short(desk: Desk, digits: int) -> None:
    sha = desk.repository("r", {"src/a.py": CODE}).tip()
    (desk.folder / "x.sarif").write_text(sarif(run(result("src/a.py", 4), **commit(sha[:digits]))))
    contract(desk, "file: x.sarif")
    measured(desk)
    verdict, report = judged(desk)
    assert numbers(verdict) == (1, 4)
    assert report.note == "claims the snapshot's commit"


@pytest.mark.slow
def test_the_contract_may_state_the_commit_of_reports_that_name_none(desk: Desk) -> None:
    sha = desk.repository("r", {"src/a.py": CODE}).tip()
    (desk.folder / "x.sarif").write_text(ONE)
    contract(desk, f"file: x.sarif, commit: '{'12' * 20}'")
    measured(desk)
    assert f"it speaks of commit {'12' * 20}" in judged(desk)[0].reason
    contract(desk, f"file: x.sarif, commit: '{sha}'")
    assert judged(desk)[1].note == "the contract states its commit"


def test_the_same_report_of_other_code_is_stale(desk: Desk) -> None:
    """Delivered in the second quarter, and once more with new code in the third."""
    desk.repository("r", {"src/a.py": CODE, "lint.sarif": ONE}, at="2026-05-01T00:00:00Z")
    desk.repository("r", {"src/b.py": OTHER}, at="2026-08-01T00:00:00Z")
    contract(desk, "path: lint.sarif")
    text = desk.contracts[0].read_text().replace("starts: 2026-07-01", "starts: 2026-04-01")
    desk.contracts[0].write_text(text)
    measured(desk)
    assert numbers(judged(desk, "2026-Q2")[0]) == (1, 4)
    assert "it names no commit, and is the same as that of commit" in judged(desk)[0].reason


@pytest.mark.slow
def test_the_same_report_of_the_same_code_is_not(desk: Desk) -> None:
    desk.repository("r", {"src/a.py": CODE, "lint.sarif": ONE}, at="2026-05-01T00:00:00Z")
    desk.repository("r", {"README.md": "more\n"}, at="2026-08-01T00:00:00Z")
    contract(desk, "path: lint.sarif")
    text = desk.contracts[0].read_text().replace("starts: 2026-07-01", "starts: 2026-04-01")
    desk.contracts[0].write_text(text)
    measured(desk)
    assert numbers(judged(desk)[0]) == (1, 4)


def test_a_file_without_a_commit_must_come_after_the_code_and_in_time(desk: Desk) -> None:
    repository = desk.repository("r", {"src/a.py": CODE}, at="2026-07-02T00:00:00Z")
    contract(desk, "file: x.sarif")
    (desk.folder / "x.sarif").write_text(ONE)
    desk.now = datetime(2026, 7, 10, tzinfo=UTC)
    desk.measure()
    assert numbers(judged(desk)[0]) == (1, 4)
    repository.commit({"src/b.py": OTHER}, at="2026-09-01T00:00:00Z")
    desk.now = OCTOBER
    desk.measure()  # the file is still the one of July
    assert "came on 2026-07-10 00:00 UTC, before the snapshot's was delivered" in (
        judged(desk)[0].reason
    )
    (desk.folder / "x.sarif").write_text(TWO)
    desk.now = datetime(2026, 10, 20, tzinfo=UTC)
    desk.measure()
    assert "came on 2026-10-20, too late to be of this period" in judged(desk)[0].reason
