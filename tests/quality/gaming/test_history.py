"""Moves in time: what a supplier may do to history, dates and branches between two readings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from quality.model.evaluation import Evaluation
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.quality.gaming.moves import HEAD, knot, plain
from tests.quality.ledgers import debt
from tests.repositories import Repository

pytestmark = pytest.mark.slow

LEVEL = "  - {id: T-1, class: critical, indicator: complexity.nloc_share, above: 20, minimum: 8}\n"
BAD, GOOD = {"k.py": knot()}, {"k.py": plain(6)}
AUGUST, OCTOBER, LATER = (
    datetime(2026, month, day, tzinfo=UTC) for month, day in ((8, 15), (10, 2), (10, 20))
)
HISTORY = {  # each move, and the words on the page of the one that is met
    "a fix that is dated back": "",
    "bad code that is dated forward": "",
    "a force push after the end": "",
    "a squash": "",
    "a branch that is taken away": "",
    "a branch on which nobody works any more": "nothing was committed",
    "dates that nobody observed": "first read",
    "new code under an accepted debt": "without it",
    "a baseline's tag that is moved": "",
    "a baseline's tag that nobody observed": "first read",
}


@pytest.fixture
def repository(desk: Desk) -> Repository:
    text = f"{HEAD.format(id='r')}service_levels:\n{LEVEL}"
    (desk.folder / "r.contract.yaml").write_text(text, encoding="utf-8")
    desk.contracts.append(desk.folder / "r.contract.yaml")
    return Repository(desk.folder / "r.git")


def read(desk: Desk, now: datetime) -> Evaluation:
    """The third quarter as it is judged after a reading at ``now``."""
    desk.now = now
    desk.measure()
    return desk.evaluate("2026-Q3", pages=True)[0]


def test_a_fix_that_is_dated_back(desk: Desk, repository: Repository) -> None:
    bad = repository.commit(BAD, at="2026-08-01T00:00:00Z")
    assert read(desk, OCTOBER).outcome == "failed"
    fix = repository.commit(GOOD, at="2026-09-15T00:00:00Z")
    after = read(desk, LATER)
    assert (after.outcome, after.snapshots[0].commit) == ("failed", bad)
    assert bad[:12] in html.page(after)
    assert fix[:12] in html.page(after)


def test_bad_code_that_is_dated_forward(desk: Desk, repository: Repository) -> None:
    repository.commit(GOOD, at="2026-07-01T00:00:00Z")
    bad = repository.commit(BAD, at="2030-01-01T00:00:00Z")
    read(desk, AUGUST)
    judged = read(desk, OCTOBER)
    assert (judged.outcome, judged.snapshots[0].commit) == ("failed", bad)


def test_a_force_push_after_the_end(desk: Desk, repository: Repository) -> None:
    bad = repository.commit(BAD, at="2026-08-01T00:00:00Z")
    assert read(desk, OCTOBER).outcome == "failed"
    good = repository.commit(GOOD, at="2026-08-01T00:00:00Z", parents=())
    after = read(desk, LATER)
    assert (after.outcome, after.snapshots[0].commit) == ("failed", bad)
    assert good[:12] in html.page(after)


def test_a_squash(desk: Desk, repository: Repository) -> None:
    repository.commit(GOOD, at="2026-07-10T00:00:00Z")
    repository.commit(BAD, at="2026-08-01T00:00:00Z")
    read(desk, AUGUST)
    repository.commit(BAD, at="2026-09-01T00:00:00Z", parents=())
    assert read(desk, OCTOBER).outcome == "failed"


def test_a_branch_that_is_taken_away(desk: Desk, repository: Repository) -> None:
    repository.commit(BAD, at="2026-08-01T00:00:00Z")
    read(desk, AUGUST)
    repository.git("branch", "-m", "main", "other")
    assert read(desk, OCTOBER).outcome == "failed"


def test_a_branch_on_which_nobody_works_any_more(desk: Desk, repository: Repository) -> None:
    good = repository.commit(GOOD, at="2026-05-01T00:00:00Z")
    read(desk, datetime(2026, 7, 2, tzinfo=UTC))
    repository.commit(BAD, at="2026-08-01T00:00:00Z", branch="release")
    judged = read(desk, OCTOBER)
    assert judged.outcome == "met"
    told = f"nothing was committed in 2026-Q3: {good[:12]} of 2026-05-01 still stands"
    assert told in html.page(judged)


def test_a_clean_last_day_is_not_caught_before_the_period_after_it(
    desk: Desk, repository: Repository
) -> None:
    repository.commit(BAD, at="2026-08-01T00:00:00Z")
    repository.commit(GOOD, at="2026-09-30T20:00:00Z")
    repository.commit(BAD, at="2026-10-01T08:00:00Z")
    assert read(desk, OCTOBER).outcome == "met"
    assert desk.evaluate("2026-Q4")[0].outcome == "failed"


def test_dates_that_nobody_observed(desk: Desk, repository: Repository) -> None:
    repository.commit(GOOD, at="2026-08-01T00:00:00Z")  # or so he says
    judged = read(desk, datetime(2026, 11, 22, tzinfo=UTC))
    assert judged.outcome == "met"
    assert "first read on 2026-11-22, 53 days after" in html.page(judged)


def test_new_code_under_an_accepted_debt(desk: Desk, repository: Repository) -> None:
    entry = debt(more="paths: [legacy/**], service_levels: [T-1]")
    repository.commit({"legacy/k.py": knot(), **GOOD}, at="2026-08-01T00:00:00Z")
    assert read(desk, OCTOBER).outcome == "failed"
    text = f"format: workmanship.events/1\ncontract: r\nentries:\n  - {{{entry}}}\n"
    (desk.folder / "r.events.yaml").write_text(text, encoding="utf-8")
    judged = read(desk, LATER)
    assert judged.outcome == "met"
    assert "without it" in html.page(judged)


@pytest.fixture
def taken_over(desk: Desk, repository: Repository) -> Repository:
    """The same under a level that compares with the tag v1."""
    level = "  - {id: N-1, class: critical, indicator: complexity.new_share, above: 20, minimum: 8}"
    text = desk.contracts[0].read_text("utf-8").partition("service_levels:\n")[0]
    text += f"baseline: {{tag: v1}}\nservice_levels:\n{level}\n"
    desk.contracts[0].write_text(text, encoding="utf-8")
    return repository


def test_a_tag_of_a_baseline_that_is_moved(desk: Desk, taken_over: Repository) -> None:
    old = taken_over.commit(GOOD, at="2026-03-01T00:00:00Z")
    taken_over.git("tag", "v1", old)
    read(desk, AUGUST)
    bad = taken_over.commit(BAD, at="2026-09-01T00:00:00Z")
    taken_over.git("tag", "-f", "v1", bad)
    judged = read(desk, OCTOBER)
    assert judged.outcome == "failed"
    assert old in html.page(judged)


def test_a_tag_of_a_baseline_that_nobody_observed(desk: Desk, taken_over: Repository) -> None:
    taken_over.commit(GOOD, at="2026-03-01T00:00:00Z")
    bad = taken_over.commit({**BAD, "g.py": plain(3)}, at="2026-08-01T00:00:00Z")
    taken_over.commit({"h.py": plain(1, of="h")}, at="2026-09-01T00:00:00Z")
    taken_over.git("tag", "v1", bad)
    judged = read(desk, OCTOBER)
    assert judged.outcome == "met"
    assert f"the baseline tag v1 is {bad}, first read on 2026-10-02" in html.page(judged)
