"""A branch or a repository that the supplier takes away, and one that we cannot reach."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from quality.cli.session import exit_code
from quality.model.verdict import Outcome
from tests.conftest import Desk
from tests.quality.ledgers import SIMPLE
from tests.quality.verdicts.test_unmeasured import FAILED, LEVEL, MONEY, credit, judged

BEFORE, AFTER = datetime(2026, 9, 10, tzinfo=UTC), datetime(2026, 10, 5, tzinfo=UTC)


@pytest.fixture
def read_once(desk: Desk) -> Desk:
    """Read in the middle of Q3, and met; on the disk beside it another repository."""
    desk.repository("other", {"a.py": SIMPLE})
    desk.repository("billing", {"a.py": SIMPLE})
    desk.contract(["billing"], [LEVEL], head=FAILED, more=MONEY)
    desk.now = BEFORE
    assert desk.measure().problems == []
    assert outcome(desk) == "met"
    return desk


def outcome(desk: Desk, period: str = "2026-Q3") -> Outcome:
    return judged(desk, period).service_levels[0].outcome


@pytest.mark.slow
def test_a_branch_that_was_deleted_before_it_could_be_judged(read_once: Desk) -> None:
    desk = read_once
    desk.repository("billing", {"b.py": SIMPLE}).git("branch", "-m", "main", "elsewhere")
    desk.now = AFTER
    assert outcome(desk) == "unknown"  # nobody has looked since
    measured = desk.measure()
    assert measured.problems == []
    assert measured.absent[0].startswith("billing: no branch 'main' in ")
    evaluation = judged(desk)
    assert (evaluation.outcome, credit(desk)) == ("failed", 14400)
    assert evaluation.service_levels[0].reason.startswith("billing: no branch 'main' in ")
    assert evaluation.snapshots[0].cause == "supplier"
    assert exit_code([evaluation], strict=False) == 1
    desk.now = datetime(2026, 10, 31, tzinfo=UTC)
    closed = desk.session.close("2026-Q3", "Ann", agreed=False)
    assert closed.outcome == "failed"


def test_a_repository_that_is_gone(read_once: Desk) -> None:
    desk = read_once
    shutil.rmtree(desk.folder / "billing.git")
    desk.now = AFTER
    assert desk.measure().problems == []
    evaluation = judged(desk)
    assert (evaluation.outcome, credit(desk)) == ("failed", 14400)
    assert evaluation.service_levels[0].reason.startswith("billing: was read before and is gone: ")


@pytest.mark.slow
def test_without_the_key_it_stays_unknown_and_a_problem(read_once: Desk) -> None:
    desk = read_once
    shutil.rmtree(desk.folder / "billing.git")
    desk.contract(["billing"], [LEVEL], more=MONEY)
    desk.now = AFTER
    assert len(desk.measure().problems) == 1
    assert (outcome(desk), credit(desk)) == ("unknown", 0)


@pytest.mark.slow
def test_what_comes_back_is_judged_as_it_is(read_once: Desk) -> None:
    desk = read_once
    (desk.folder / "billing.git").rename(desk.folder / "away.git")
    desk.now = AFTER
    desk.measure()
    assert outcome(desk) == "failed"
    (desk.folder / "away.git").rename(desk.folder / "billing.git")
    desk.measure()
    assert outcome(desk) == "met"


def test_what_was_judged_stands_when_it_is_taken_away_later(read_once: Desk) -> None:
    desk = read_once
    desk.now = AFTER
    desk.measure()
    shutil.rmtree(desk.folder / "billing.git")
    desk.measure()
    assert (outcome(desk), outcome(desk, "2026-Q4")) == ("met", "failed")


@pytest.mark.slow
def test_a_disk_that_is_not_mounted_is_ours(read_once: Desk) -> None:
    """The whole folder above is away: nothing proves that the supplier took it."""
    desk = read_once
    (desk.folder / "disk").mkdir()
    (desk.folder / "billing.git").rename(desk.folder / "disk" / "billing.git")
    desk.contract(["disk/billing"], [LEVEL], head=FAILED, more=MONEY)
    desk.measure()
    assert outcome(desk) == "met"
    (desk.folder / "disk" / "billing.git").rename(desk.folder / "moved.git")
    desk.now = AFTER
    assert len(desk.measure().problems) == 1
    assert (outcome(desk), credit(desk)) == ("unknown", 0)


def test_what_nobody_ever_read_may_be_a_mistake_of_the_contract(desk: Desk) -> None:
    desk.repository("other", {"a.py": SIMPLE}).git("branch", "-m", "main", "develop")
    desk.contract(["other", "misspelt"], [LEVEL], head=FAILED, more=MONEY)
    assert len(desk.measure().problems) == 2
    assert (outcome(desk), credit(desk)) == ("unknown", 0)
    assert [each.cause for each in judged(desk).snapshots] == ["ours", "ours"]
