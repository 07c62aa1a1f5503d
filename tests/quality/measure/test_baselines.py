"""Which commit a baseline names: found once, kept whatever happens to it, and said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from quality.model.evaluation import Evaluation, Snapshot
from tests.conftest import Desk
from tests.repositories import Repository

LEVELS = ("{id: E, class: critical, indicator: errors.new_density, expected: 0, minimum: 5}",)
BAD = "def {name}():\n    return missing_{name}\n"
ONE, TWO = {"one.py": BAD.format(name="one")}, {"two.py": BAD.format(name="two")}
OCTOBER, LATER = (datetime(2026, 10, day, tzinfo=UTC) for day in (2, 20))


def lay_out(desk: Desk) -> Repository:
    """One inherited error in July, another in August."""
    made = Repository(desk.folder / "billing.git")
    made.commit(ONE, at="2026-07-01T10:00:00Z")
    made.commit(TWO, at="2026-08-01T10:00:00Z")
    desk.now = OCTOBER
    return made


@pytest.fixture
def repository(desk: Desk) -> Repository:
    return lay_out(desk)


def judged(desk: Desk, baseline: str, *, measured: bool = True, head: str = "") -> Evaluation:
    desk.contract(["billing"], LEVELS, head=head, more=f"baseline: {{{baseline}}}\n")
    found = desk.measure()
    assert measured is (found.problems == []), found.problems
    return desk.evaluate()[0]


def value(evaluation: Evaluation) -> tuple[int, int] | str:
    (verdict,) = evaluation.service_levels
    if verdict.measured is None:
        return f"{verdict.outcome}: {verdict.reason}"
    return verdict.measured.numerator, verdict.measured.denominator


def snapshot(evaluation: Evaluation) -> Snapshot:
    (found,) = evaluation.snapshots
    return found


# ---------------------------------------------------------------- what a baseline may name

SAME = ("commit: '{first}'", "tag: v1", "tag: v1a", "date: 2026-08-01")
NOTHING = {
    "tag: v9": "baseline tag v9: the repository has no tag v9 at a commit",
    "tag: tree": "baseline tag tree: the repository has no tag tree at a commit",
    f"commit: '{'12' * 20}'": f"baseline commit {'12' * 20}: the repository gives no commit "
    "121212121212",
    "date: 2026-12-24": "baseline date 2026-12-24: not read since 2026-12-24 began: run "
    "`workmanship measure` then",
}
OTHERS = ("date: 2026-08-02", "date: 2026-06-01")


@pytest.fixture(scope="module")
def named(shared_desk: Desk) -> dict[str, Evaluation]:
    """What each baseline gives, all by contracts of their own over one repository, in one run."""
    made, baselines = lay_out(shared_desk), (*SAME, *NOTHING, *OTHERS)
    first = made.git("rev-parse", "main^")
    made.git("tag", "v1", first)
    made.git("tag", "-a", "-m", "annotated", "v1a", first)
    made.git("tag", "tree", "main^{tree}")
    for number, baseline in enumerate(baselines):
        more = f"baseline: {{{baseline.format(first=first)}}}\n"
        shared_desk.contract(["billing"], LEVELS, name=f"c-{number}", head="unmeasured: failed",
                             more=more)  # fmt: skip
    problems = shared_desk.measure().problems
    assert sorted(problems) == sorted(f"billing: {reason}" for reason in NOTHING.values())
    return dict(zip(baselines, shared_desk.evaluate(), strict=True))


def first_of(evaluation: Evaluation) -> str:
    """The commit that its baseline is."""
    baseline = snapshot(evaluation).baseline
    assert baseline
    return str(baseline.commit)


def test_a_commit_a_tag_and_a_date_name_the_same(
    named: dict[str, Evaluation], shared_desk: Desk
) -> None:
    first = Repository(shared_desk.folder / "billing.git").git("rev-parse", "main^")
    assert [value(named[each]) for each in SAME] == [(1, 2)] * len(SAME)
    assert [first_of(named[each]) for each in SAME] == [first] * len(SAME)
    assert value(named["date: 2026-08-02"]) == "unknown: " + (
        "nothing is new or changed since the baseline"
    )


@pytest.mark.parametrize("baseline", NOTHING)
def test_a_baseline_that_names_nothing_is_unknown(
    named: dict[str, Evaluation], baseline: str
) -> None:
    found, reason = named[baseline], NOTHING[baseline]
    assert value(found) == f"unknown: billing: {reason}"
    assert snapshot(found).baseline
    assert snapshot(found).baseline.reason == reason  # type: ignore[union-attr]


def test_before_the_first_commit_everything_is_new(named: dict[str, Evaluation]) -> None:
    found = named["date: 2026-06-01"]
    assert value(found) == (2, 4)
    assert snapshot(found).notices[-1] == (
        "no commit was delivered before 2026-06-01: all code is new since the baseline"
    )


def test_a_date_that_nobody_observed_says_so(named: dict[str, Evaluation]) -> None:
    found = named["date: 2026-08-01"]
    assert snapshot(found).notices[-1] == (
        f"the baseline date 2026-08-01 is {first_of(named[SAME[0]])}, first read on 2026-10-02: "
        "until then it was the supplier's claim alone"
    )


# ---------------------------------------------------------------- what becomes of it


@pytest.mark.slow
def test_a_tag_that_is_moved_or_deleted_changes_nothing(desk: Desk, repository: Repository) -> None:
    first, second = repository.git("rev-parse", "main^"), repository.tip()
    repository.git("tag", "v1", first)
    assert value(judged(desk, "tag: v1")) == (1, 2)
    repository.git("tag", "-f", "v1", second)
    desk.now = LATER
    measurement = desk.measure()
    assert measurement.notices == [
        f"billing: tag v1 was {first[:12]} when it was first read, and is {second[:12]} now: "
        f"{first[:12]} stands as the baseline"
    ]
    (found,) = desk.evaluate()
    assert value(found) == (1, 2)
    assert snapshot(found).notices[-2] == (
        f"the baseline tag v1 was {first} when it was first read on 2026-10-02; it is {second} "
        "now, as read on 2026-10-20: what was read first stands"
    )
    assert desk.measure().notices == []  # said once; the scorecard goes on saying it
    repository.git("tag", "-d", "v1")
    desk.measure()
    (found,) = desk.evaluate()
    assert value(found) == (1, 2)
    assert "gone now (the repository has no tag v1 at a commit)" in snapshot(found).notices[-2]


@pytest.mark.slow
def test_the_commit_outlives_its_history(desk: Desk, repository: Repository) -> None:
    first = repository.git("rev-parse", "main^")
    repository.git("tag", "v1", first)
    judged(desk, "tag: v1")
    repository.git("tag", "-d", "v1")
    repository.commit({**ONE, **TWO}, at="2026-08-01T10:00:00Z", parents=())
    repository.git("reflog", "expire", "--expire=now", "--all")
    repository.git("gc", "--quiet", "--prune=now")
    desk.now = LATER
    desk.measure()
    (mirror,) = (desk.folder / ".workmanship/mirrors").glob("*.git")
    assert Repository(mirror).git("cat-file", "-t", first) == "commit"
    assert value(desk.evaluate()[0]) == (1, 2)


@pytest.mark.slow
def test_what_comes_late_is_found_late(desk: Desk, repository: Repository) -> None:
    judged(desk, "tag: v1", measured=False)
    repository.git("tag", "v1", "main^")
    desk.now = LATER
    assert desk.measure().problems == []
    assert value(desk.evaluate()[0]) == (1, 2)


@pytest.mark.slow
def test_a_period_that_ended_before_the_baseline(desk: Desk, repository: Repository) -> None:
    repository.commit({"c.py": "x = 1\n"}, at="2026-10-01T10:00:00Z")
    repository.git("tag", "v1", "main")
    for number, baseline in enumerate(("tag: v1", "date: 2026-10-01", "date: 2026-09-30")):
        more = f"baseline: {{{baseline}}}\n"
        desk.contract(["billing"], LEVELS, name=f"c-{number}", more=more)
    assert desk.measure().problems == []
    *younger, older = (value(each) for each in desk.evaluate())
    assert younger == ["unknown: billing: the period ended before the baseline"] * 2
    assert str(older).startswith("unknown: nothing is new")


def test_each_repository_has_its_own(desk: Desk, repository: Repository) -> None:
    """The second repository has nothing new, the first what its own baseline does not have."""
    desk.repository("web", {"three.py": BAD.format(name="three")}, at="2026-07-01T00:00:00Z")
    first = repository.git("rev-parse", "main^")
    path = desk.contract(["billing", "web"], LEVELS, more="baseline: {date: 2026-09-01}\n")
    text = path.read_text("utf-8").replace(
        "{name: billing,", f"{{name: billing, baseline: {{commit: '{first}'}},"
    )
    path.write_text(text, encoding="utf-8")
    assert desk.measure().problems == []
    (found,) = desk.evaluate()
    assert value(found) == (1, 2)
    (verdict,) = found.service_levels
    assert [each.reason for each in verdict.repositories] == [
        "", "nothing is new or changed since the baseline",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_baseline_that_cannot_be_read_is_nobodys_cause(desk: Desk) -> None:
    """Of 106 inherited bytes 72 cannot be decoded: whatever is new may be old."""
    made = Repository(desk.folder / "billing.git")
    base = made.commit({**ONE, "b.py": b"x = '\xff'\n" * 9}, at="2026-07-01T10:00:00Z")
    made.commit({"b.py": BAD.format(name="b")}, at="2026-08-01T10:00:00Z")
    found = judged(desk, f"commit: '{base}'", head="unmeasured: failed")
    assert value(found) == (
        "unknown: billing: only 32.07 % of the baseline's production code that is searched for "
        "errors could be measured, the contract asks for 95 %"
    )
