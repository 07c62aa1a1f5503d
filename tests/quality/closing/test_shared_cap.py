"""Two contracts that share a cap: what one has closed is fixed, and the other takes the rest."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from quality.cli.app import run
from quality.errors import MeasureError, UsageError
from quality.evidence.archive import pack, unpack
from quality.model.statement import CreditStatement
from tests.conftest import Desk, Kept
from tests.quality.ledgers import BRANCHY, LEVELS, closing, event, ledger

pytestmark = pytest.mark.slow
MONEY = """\
charges: {{currency: EUR, amounts: [{{from: 2026-01-01, amount: {amount}}}], at_risk: 10}}
framework: {{id: FW-7, cap: 12000, starts: 2026-01-01}}
"""
LEVEL = LEVELS[0].removesuffix("}") + ", allocation: 100}"


def terms(desk: Desk, name: str, amount: int = 100000, repository: str = "billing") -> Path:
    more = MONEY.format(amount=amount)
    path = desk.contract([repository], [LEVEL], name=name, more=more)
    path.write_text(path.read_text().replace("Northwind Retail", f"{name} department"))
    return path


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Both fail in the third quarter: 10,000 and 5,000 are asked for, of 12,000."""
    desk = Desk(tmp_path_factory.mktemp("shared"))
    for name in ("billing", "portal"):
        desk.repository(name, {"b.py": BRANCHY}, at="2026-08-01T00:00:00Z")
    terms(desk, "acme"), terms(desk, "beta", 50000, "portal")
    desk.measure(jobs=1)
    return Kept(desk)


@pytest.fixture
def both(desk: Desk, measured: Kept) -> Desk:
    measured.lay_out(desk)
    return desk


def of(desk: Desk, name: str) -> Desk:
    """The desk with one of its contracts."""
    return Desk(desk.folder, desk.now, contracts=[desk.folder / f"{name}.contract.yaml"])


def bill(desk: Desk, name: str) -> CreditStatement:
    (evaluation,) = of(desk, name).evaluate()
    assert evaluation.credits
    return evaluation.credits


def close(desk: Desk, name: str) -> CreditStatement:
    frozen = of(desk, name).session.close("2026-Q3", "Ann", False)
    assert frozen.credits
    return frozen.credits


def test_the_folder_decides_and_not_the_command_line(both: Desk) -> None:
    alone = [bill(both, name) for name in ("acme", "beta")]
    assert [each.total for each in alone] == [8000, 4000]
    assert [each.credits for each in both.evaluate()] == alone


def test_what_is_closed_is_fixed_and_the_other_takes_what_is_left(both: Desk) -> None:
    ledger(both, event(), name="beta")
    assert close(both, "acme").total == 10000, "beta is excused, and asks for nothing"
    assert bill(both, "beta").total == 0
    (both.folder / "beta.events.yaml").unlink()
    (both.folder / "beta.journal.jsonl").unlink(missing_ok=True)
    assert bill(both, "beta").total == 2000
    (frozen,) = of(both, "acme").evaluate()
    assert frozen.frozen
    assert not frozen.frozen.differences
    assert frozen.credits
    assert frozen.credits.total == 10000
    assert close(both, "beta").total == 2000
    for each in both.evaluate():
        assert each.frozen
        assert not each.frozen.differences


def test_what_is_not_known_of_the_other_keeps_a_period_open(both: Desk) -> None:
    """Up to 5,000 of beta are set aside: 8,000 are certain, and 2,000 are not."""
    shutil.rmtree(both.folder / ".workmanship")
    acme = of(both, "acme")
    acme.measure(jobs=1)
    now = bill(both, "acme")
    assert now.framework
    assert (now.total, now.framework.uncertain) == (8000, 2000)
    with pytest.raises(MeasureError, match=r"2026-Q3 of BETA share the cap of FW-7\. Measure"):
        close(both, "acme")
    ledger(both, closing("2026-Q3", "measurement"), name="beta")
    assert close(both, "beta").total == 0
    assert close(both, "acme").total == 10000


def test_a_contract_that_is_taken_away_leaves_its_part_behind(both: Desk) -> None:
    close(both, "beta")
    path = both.folder / "beta.contract.yaml"
    text = path.read_text()
    path.unlink()
    said = "framework.id: 2026-Q3 of BETA .*, closed on .* by Ann, has a part of its cap, and no"
    with pytest.raises(UsageError, match=said):
        bill(both, "acme")
    assert run(["check", str(both.contracts[0])]) == 2
    path.write_text(text.replace("framework: {id: FW-7, cap: 12000, starts: 2026-01-01}\n", ""))
    with pytest.raises(UsageError, match="has a part of its cap"):
        bill(both, "acme")
    path.write_text(text)
    shutil.rmtree(both.folder / "beta.closed")
    with pytest.raises(MeasureError, match="the record of closed period 2026-Q3 of BETA"):
        bill(both, "acme")


def test_a_bundle_holds_what_the_others_took(both: Desk, capsys) -> None:
    acme, file = str(both.folder / "acme.contract.yaml"), both.folder / "acme.zip"
    words = ["evidence", acme, "--period", "2026-Q3", "--output", str(file)]
    assert run(words) == 0
    assert run(["verify", str(file)]) == 0
    out = capsys.readouterr().out
    assert "credits of EUR 8,000.00" in out
    assert "what BETA took of the cap of their framework: in their own bundles" in out
    entries = unpack(file)
    other = entries["framework.json"].replace(b"5000", b"1000")
    assert other != entries["framework.json"]
    file.write_bytes(pack({**entries, "framework.json": other}))
    assert run(["verify", str(file)]) == 1


def test_evaluate_prints_it(both: Desk, capsys) -> None:
    assert run(["evaluate", str(both.folder / "acme.contract.yaml"), "--period", "2026-Q3"]) == 1
    out = capsys.readouterr().out
    assert "credits: EUR 8,000.00 of at most EUR 10,000.00, EUR 2,000.00 lapse" in out
    assert "TQ-1: EUR 8,000.00 of EUR 10,000.00 is left after the cap of framework FW-7" in out
    assert bill(both, "acme").framework is not None
    assert Decimal(8000) == bill(both, "acme").steps[0].paid
