"""Contracts with all that an evaluation can rest on: each is judged again from its bundle alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.collectors.records.reports import lcov, result, run, sarif
from tests.conftest import Desk
from tests.helpdesk import HelpDesk
from tests.quality.evidence.conftest import (
    COMPLEX,
    LEVELS,
    MONEY,
    PLAIN,
    Case,
    replaced,
    tampered,
    verified,
)
from tests.quality.ledgers import FINDING, debt, event, ledger

pytestmark = pytest.mark.slow
Said = pytest.CaptureFixture[str]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _bundle(desk: Desk, repository: object, folder: Path, period: str = "2026-Q3") -> Path:
    path = folder / f"{period}.zip"
    path.write_bytes(Case(desk, repository, (), b"").make(period))  # type: ignore[arg-type]
    return path


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Two repositories, a baseline, an excused folder, accepted debt, reports of others, an
    amendment in force since July, and two closed quarters."""
    desk = Desk(tmp_path_factory.mktemp("rich"), now=NOW)
    billing = desk.repository("billing", {"a.py": PLAIN, "old/b.py": COMPLEX, "c.py": FINDING},
                              at="2026-01-05T00:00:00Z")  # fmt: skip
    desk.repository("portal", {"p.py": PLAIN}, at="2026-02-05T00:00:00Z")
    billing.commit({"d.py": COMPLEX.replace("def g", "def d")}, at="2026-05-01T00:00:00Z")
    billing.commit({"e.py": "import os\n" + COMPLEX.replace("def g", "def e")},
                   at="2026-08-01T00:00:00Z")  # fmt: skip
    (desk.folder / "lint.sarif").write_text(sarif(run(result("d.py", 1), result("p.py", 2))))
    (desk.folder / "tests.lcov").write_text(lcov(("a.py", dict.fromkeys(range(1, 41), 1))))
    source = "  - {{name: {0}-{1}, repository: {1}, file: {2}, declared_by: supplier}}\n"
    both = ("billing", "portal")
    more = MONEY + "baseline: {date: 2026-03-01}\n"
    more += "findings:\n" + "".join(source.format("lint", name, "lint.sarif") for name in both)
    more += "coverage:\n" + "".join(source.format("unit", name, "tests.lcov") for name in both)
    levels = (
        *LEVELS,
        "{id: N-1, name: New, class: key, indicator: complexity.new_share, above: 3, minimum: 1}",
        "{id: D-1, name: Lint, class: key, indicator: findings.density, minimum: 50}",
        "{id: D-2, name: Coverage, class: key, indicator: coverage.line, minimum: 10}",
    )
    path = desk.contract(["billing", "portal"], levels, starts="2026-01-01", more=more)
    amendment = path.read_text().replace("id: ACME", "id: ACME-A1").replace(
        "  supplier:", "  amends: ACME\n  effective: 2026-07-01\n  supplier:"
    ).replace("minimum: 8, allocation: 60", "minimum: 7, allocation: 60")  # fmt: skip
    (desk.folder / "acme.amendment-1.contract.yaml").write_text(amendment)
    ledger(desk, event(more=', paths: ["old/**"], repositories: [billing]'),
           debt(more="paths: [c.py], rule: W0612"))  # fmt: skip
    desk.measure()
    for period in ("2026-Q1", "2026-Q2"):
        desk.session.close(period, "Ann", False)
    return Case(desk, billing, (), b"")


def test_all_that_a_period_rests_on_is_in_its_bundle(
    rich: Case, tmp_path: Path, capsys: Said
) -> None:
    path = _bundle(rich.desk, rich.repository, tmp_path)
    code, said = verified(capsys, path)
    assert (code, "differs" in said) == (0, False), said
    assert "given     what was closed: 2026-Q1, 2026-Q2, as their records say" in said
    assert "given     what reports of others declare" in said
    words = [f"--repository={name}={rich.desk.folder / f'{name}.git'}"
             for name in ("billing", "portal")]  # fmt: skip
    code, said = verified(capsys, path, *words)
    assert (code, "differs" in said) == (0, False), said


def test_a_closed_period_is_shown_as_it_was_closed(
    rich: Case, tmp_path: Path, capsys: Said
) -> None:
    code, said = verified(capsys, _bundle(rich.desk, rich.repository, tmp_path, "2026-Q2"))
    assert (code, "differs" in said) == (0, False), said


def test_a_period_that_goes_on_is_judged_to_date(rich: Case, tmp_path: Path, capsys: Said) -> None:
    """As it was looked at: on the day that the manifest names, whatever day it is now."""
    code, said = verified(capsys, _bundle(rich.desk, rich.repository, tmp_path, "2026-Q4"))
    assert (code, "differs" in said) == (0, False), said


def test_a_record_that_was_changed(rich: Case, tmp_path: Path, capsys: Said) -> None:
    path = _bundle(rich.desk, rich.repository, tmp_path)
    name = "contract/contract.closed/2026-Q1.json"
    edit = replaced(name, '"outcome":"', '"outcome":"x')
    code, said = verified(capsys, tampered(path, edit, restate=True))
    assert (code, "the record of closed period" in said) == (1, True), said


def test_a_ledger_that_was_changed(rich: Case, tmp_path: Path, capsys: Said) -> None:
    path = _bundle(rich.desk, rich.repository, tmp_path)
    edit = replaced("contract/contract.events.yaml", "old/**", "**")
    code, said = verified(capsys, tampered(path, edit, restate=True))
    assert (code, "E-1" in said or "entries" in said) == (1, True), said


def test_tickets_are_counted_again_from_their_records(tmp_path: Path, capsys: Said) -> None:
    """Two tickets are open at the end of March, in a status that the contract does not name, which
    the bundle tells as its verification does; a forger takes what stands in one of them."""
    (tmp_path / "desk").mkdir()
    desk = HelpDesk(tmp_path / "desk")
    desk.agree("{id: B, class: critical, indicator: tickets.backlog, expected: 1, minimum: 2}")
    opened = [f"{n},2026-02-0{n} 09:00,{what}" for n in (1, 2)
              for what in ("created,,,", "status,Geparkt,,")]  # fmt: skip
    desk.received(opened, "2026-04-02 08:00")
    path = _bundle(desk, None, tmp_path, "2026-Q1")
    code, said = verified(capsys, path)
    assert (code, "differs" in said, "1 verdict judged again" in said) == (0, False, True), said
    assert "given     what records of others say, and when they reached us" in said
    name = "records/ticket_fields.jsonl"

    def edit(entries: dict[str, bytes]) -> None:
        entries[name] = b"".join(entries[name].splitlines(keepends=True)[:-1])

    code, said = verified(capsys, tampered(path, edit, restate=True))
    assert (code, "its counts give 1" in said) == (1, True), said


def test_a_credential_in_the_contract_stays_at_home(tmp_path: Path) -> None:
    from quality.contract.amendments import load_families
    from quality.evidence.papers import papers

    desk = Desk(tmp_path)
    path = desk.contract(["https://me:s3cr3t%40@git.example/billing.git"], LEVELS, more=MONEY)
    path.write_text(path.read_text() + "# https://other:t0k3n@git.example/x\n")
    (family,) = load_families([path])
    text = papers(family)["contract/contract.yaml"].decode()
    assert "https://git.example/billing.git" in text
    assert not [each for each in ("s3cr3t", "t0k3n", "//me") if each in text]


def test_a_credential_that_is_written_another_way_is_refused(tmp_path: Path) -> None:
    """YAML can say one text in many ways: what cannot be left out for certain is not published."""
    from quality.contract.amendments import load_families
    from quality.errors import UsageError
    from quality.evidence.papers import papers

    desk = Desk(tmp_path)
    path = desk.contract(["https://git.example/billing.git"], LEVELS, more=MONEY)
    hidden = '"https:\\x2f/me:s3cr3t@git.example/billing.git"'
    path.write_text(path.read_text().replace("'https://git.example/billing.git'", hidden))
    (family,) = load_families([path])
    with pytest.raises(UsageError, match="a credential in it cannot be left out"):
        papers(family)
