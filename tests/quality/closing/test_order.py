"""When a period may be closed: in order, known, and early only as the ledger shows both agreed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quality.cli.app import run
from quality.errors import MeasureError, UsageError
from quality.model.evaluation import Evaluation
from tests.conftest import Desk, Kept
from tests.quality.closing.conftest import close, judged
from tests.quality.ledgers import BRANCHY, LEVELS, SIMPLE, closing, ledger
from tests.repositories import Repository

pytestmark = pytest.mark.slow
CHARGES = "charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 100000}], at_risk: 10}\n"
MONEY = CHARGES + "credits: {earnback: {periods: 1, share: 100}}\n"


@pytest.fixture(scope="module")
def earned_back(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Failed in the first quarter, met in the second: 10,000 would be paid, then returned."""
    desk = Desk(tmp_path_factory.mktemp("earned"))
    billing = desk.repository("billing", {"b.py": BRANCHY}, at="2026-02-01T00:00:00Z")
    billing.commit({"b.py": SIMPLE}, at="2026-05-01T00:00:00Z")
    level = LEVELS[0].removesuffix("}") + ", allocation: 100}"
    desk.contract(["billing"], [level], starts="2026-01-01", more=MONEY)
    desk.measure(jobs=1)
    return Kept(desk)


@pytest.fixture
def money(desk: Desk, earned_back: Kept) -> Desk:
    earned_back.lay_out(desk)
    return desk


def net(evaluation: Evaluation) -> str:
    assert evaluation.credits
    return str(evaluation.credits.net)


def test_an_earnback_of_money_that_was_never_paid_is_not_frozen(money: Desk) -> None:
    said = "2026-Q1 is not closed: close it before 2026-Q2"
    with pytest.raises(UsageError, match=said):
        close(money, "2026-Q2")
    assert net(close(money, "2026-Q1")) == "10000.00"
    assert net(close(money, "2026-Q2")) == "-10000.00"


def test_a_gap_is_closed_as_it_is_once_both_agree(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE}, at="2026-08-01T00:00:00Z")
    desk.contract(["billing"], LEVELS[:1], starts="2026-04-01")
    desk.measure(jobs=1)
    with pytest.raises(UsageError, match="2026-Q2 is not closed"):
        close(desk)
    with pytest.raises(MeasureError, match=r"not known in 2026-Q2: TQ-1 \(billing: "):
        close(desk, "2026-Q2")
    ledger(desk, closing("2026-Q2", "measurement"))
    gap = close(desk, "2026-Q2")
    assert (gap.outcome, gap.state) == ("unknown", "closed")
    assert close(desk).outcome == "met"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (closing("2026-Q2", "dispute_window"), ""),
        (closing("2026-Q2", "measurement", approved="evidence: x"), "not approved by the customer"),
        (closing("2026-Q2", "measurement", days=("2026-06-30", "2026-07-05")),
         "approved by the customer on 2026-06-30, but it counts from 2026-07-01 on"),
        (closing("2026-Q2", "measurement", days=("2026-07-05", "2026-12-24")),
         "approved by the supplier only on 2026-12-24"),
        (closing("2026-Q2", "measurement", names=("Ann  SMITH", "Smith, Ａnn")),
         "both approvals bear the same name"),
    ],
)  # fmt: skip
def test_half_an_agreement_is_none(desk: Desk, entry: str, why: str) -> None:
    desk.repository("billing", {"a.py": SIMPLE}, at="2026-08-01T00:00:00Z")
    desk.contract(["billing"], LEVELS[:1], starts="2026-04-01")
    desk.measure(jobs=1)
    ledger(desk, entry)
    with pytest.raises(MeasureError, match="not known in 2026-Q2") as caught:
        close(desk, "2026-Q2")
    assert why in str(caught.value)


def test_the_contract_may_accept_unknown(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE}, at="2026-08-01T00:00:00Z")
    desk.contract(
        ["billing"], LEVELS[:1], starts="2026-04-01", more="closing: {unknown: accepted}\n"
    )
    desk.measure(jobs=1)
    assert close(desk, "2026-Q2").outcome == "unknown"


def test_agreed_needs_both_approvals_in_the_ledger(desk: Desk, billing: Repository) -> None:
    desk.now = datetime(2026, 10, 5, tzinfo=UTC)
    for entries in ([], [closing("2026-Q3", "measurement")],
                    [closing("2026-Q3", "dispute_window", names=("Ann", "ann"))]):  # fmt: skip
        ledger(desk, *entries)
        with pytest.raises(UsageError, match="--agreed needs an entry of the ledger that both"):
            close(desk, agreed=True)
    ledger(desk, closing("2026-Q3", "dispute_window", days=("2026-10-01", "2026-10-05")))
    with pytest.raises(UsageError, match="is open until 2026-10-30"):
        close(desk)
    record = close(desk, agreed=True).frozen
    assert record
    assert record.agreed


# ---------------------------------------------------------------- the command


def test_a_dry_run_shows_and_freezes_nothing(
    money: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["close", str(money.contracts[0]), "--period", "2026-Q1", "--by", "Ann"]
    before = money.session.database.read_bytes()
    assert run([*words, "--dry-run"]) == 0
    out, said = capsys.readouterr()
    assert "credits: EUR 10,000.00 of at most EUR 10,000.00" in out
    assert said == "this would be frozen for good, as closed by Ann\n"
    assert money.session.database.read_bytes() == before
    assert not (money.folder / "acme.closed").exists()
    assert run([*words[:3], "2026-Q2", "--dry-run"]) == 2
    assert "2026-Q1 is not closed" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "closed"), [("n\n", False), ("\n", False), ("y\n", True)])
def test_a_terminal_is_asked_and_a_script_is_not(money: Desk, answer: str, closed: bool) -> None:
    money.now = datetime.now(UTC) + timedelta(days=1)
    import os
    import pty
    import subprocess
    import sys

    words = ["close", str(money.contracts[0]), "--period", "2026-Q1", "--by", "Ann"]
    command = [sys.executable, "-c", "from quality.cli.app import main; main()", *words]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, answer.encode())
        shown = b""
        while True:
            try:
                shown += os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
    os.close(ours)
    assert b"Close it? [y/N]" in shown
    assert process.returncode == (0 if closed else 130)
    assert (judged(money, "2026-Q1").state == "closed") is closed
    if not closed:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        assert done.returncode == 0
        assert judged(money, "2026-Q1").state == "closed"
