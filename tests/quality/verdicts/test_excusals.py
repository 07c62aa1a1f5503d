"""The ledger and what it does: numbers by hand, what does not count, and never any harm."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model.evaluation import Evaluation
from quality.model.verdict import WORST_FIRST, Measured, Verdict
from quality.store.database import Store
from quality.verdicts.explain import explain
from quality.verdicts.relief import without_relief
from tests.conftest import Desk
from tests.examples import table
from tests.quality.ledgers import APPROVED, BRANCHY, FINDING, LEVELS, SIMPLE, debt, event, ledger
from tests.quality.store.test_scope import levels

LATER = APPROVED.replace("2026-08", "2026-10")


@pytest.fixture(scope="module")
def measured(shared_desk: Desk) -> Desk:
    shared_desk.repository("billing", {"a.py": SIMPLE, "old/b.py": BRANCHY, "c.py": FINDING})
    shared_desk.contract(["billing"], LEVELS)
    assert shared_desk.measure(jobs=1).problems == []
    return shared_desk


def judged(desk: Desk, *entries: str, period: str = "2026-Q3") -> Evaluation:
    ledger(desk, *entries)
    (evaluation,) = desk.evaluate(period)
    return evaluation


def outcomes(evaluation: Evaluation) -> list[str]:
    return [verdict.outcome for verdict in evaluation.service_levels]


def test_without_a_ledger_nothing_is_excused(measured: Desk) -> None:
    (measured.folder / "acme.events.yaml").unlink(missing_ok=True)
    (evaluation,) = measured.evaluate()
    assert evaluation.excusals == ()
    assert [v.measured for v in evaluation.service_levels] == [
        Measured(8, 13, 100), Measured(1, 13, 1000),
    ]  # fmt: skip
    assert outcomes(evaluation) == ["failed", "failed"]
    assert all(verdict.without is None for verdict in evaluation.service_levels)


def test_excused_paths_leave_numerator_and_denominator(measured: Desk) -> None:
    evaluation = judged(measured, debt())
    complexity, errors = evaluation.service_levels
    assert complexity.measured == Measured(0, 5, 100)
    assert (complexity.outcome, errors.outcome) == ("met", "failed")
    assert complexity.without
    assert complexity.without.measured == Measured(8, 13, 100)
    assert complexity.without.outcome == "failed"
    # 1 finding of 5 lines is worse than 1 of 13: for this level nothing is excused
    assert errors.measured == Measured(1, 13, 1000)
    (excusal,) = evaluation.excusals
    assert excusal.counts
    first, second = excusal.effects
    assert (first.outcome, first.outcome_without, first.taken) == ("met", "failed", True)
    assert first.measured_without == Measured(8, 13, 100)
    assert not second.taken


def test_debt_of_one_rule_leaves_the_lines_and_the_other_findings(measured: Desk) -> None:
    errors = judged(measured, debt(more="paths: ['**'], rule: E0602")).service_levels[1]
    assert errors.measured == Measured(0, 13, 1000)
    other = judged(measured, debt(more="paths: ['**'], rule: W0612")).service_levels[1]
    assert other.measured == Measured(1, 13, 1000)
    elsewhere = judged(measured, debt(more="paths: ['old/**'], rule: E0602")).service_levels[1]
    assert elsewhere.measured == Measured(1, 13, 1000)


@pytest.mark.slow
def test_debt_of_one_function(measured: Desk) -> None:
    complexity = judged(measured, debt(more="paths: ['old/b.py'], function: g")).service_levels[0]
    assert complexity.measured == Measured(0, 5, 100)
    other = judged(measured, debt(more="paths: ['a.py'], function: g")).service_levels[0]
    assert other.measured == Measured(8, 13, 100)


def test_the_rows_behind_an_excused_number(measured: Desk) -> None:
    ledger(measured, debt())
    session = measured.session
    with Store(session.database, read_only=True) as store:
        found = explain(store, session.requests("2026-Q3")[0], "TQ-1", top=9)
    assert found.verdict.measured == Measured(0, 5, 100)
    assert found.rows == ()


def test_each_entry_is_told_apart_from_the_others(measured: Desk) -> None:
    both = judged(measured, debt(), debt("D-2", "paths: [c.py], rule: E0602"))
    assert outcomes(both) == ["met", "met"]
    one, two = both.excusals
    errors = {effect.service_level: effect for effect in two.effects}["TQ-2"]
    assert (errors.outcome, errors.outcome_without) == ("met", "failed")
    assert errors.measured_without == Measured(1, 13, 1000)  # D-1 alone would do harm
    assert [effect.service_level for effect in one.effects] == ["TQ-1", "TQ-2"]


@pytest.mark.parametrize(
    ("until", "counts"),
    [("2026-09-30", True), ("2026-09-29", False), ("2026-07-01", False)],
)
def test_the_last_day_of_debt_belongs_to_it(measured: Desk, until: str, counts: bool) -> None:
    evaluation = judged(measured, debt(until=until))
    (excusal,) = evaluation.excusals
    assert excusal.counts is counts
    assert outcomes(evaluation)[0] == ("met" if counts else "failed")
    if not counts:
        assert excusal.why_not == f"expired on {until}, before the period's last day"


@pytest.mark.parametrize(
    ("approved", "why"),
    table([
        ("evidence: none", "not approved by the customer and the supplier"),
        ("approved_by: {supplier: {name: Bob, date: 2026-08-02}}", "not approved by the customer"),
        ("approved_by: {customer: {name: Ann, date: 2026-08-02}}", "not approved by the supplier"),
        (APPROVED.replace("Ann", "BOB "), "both approvals bear the same name"),
        (APPROVED.replace("2026-08-01", "2027-01-01"), "approved by the customer only on "
         "2027-01-01"),
    ], {0, 3}),
)  # fmt: skip
def test_what_is_not_approved_counts_for_nothing(measured: Desk, approved: str, why: str) -> None:
    approved = approved.replace("BOB ", "'BOB '")
    for entry in (event(approved=approved), debt(approved=approved)):
        evaluation = judged(measured, entry)
        assert evaluation.excusals[0].why_not == why
        assert outcomes(evaluation) == ["failed", "failed"]


def test_an_event_excuses_the_period(measured: Desk) -> None:
    evaluation = judged(measured, event())
    assert outcomes(evaluation) == ["excused", "excused"]
    assert evaluation.outcome == "met"
    assert evaluation.service_levels[0].reason == "excused by E-1"
    assert [v.outcome for v in without_relief(evaluation.service_levels)] == ["failed", "failed"]


@pytest.mark.parametrize(
    ("cause", "days", "excused"),
    [
        ("customer", ("2026-09-30", "2026-10-05"), True),
        ("customer", ("2026-06-01", "2026-07-01"), True),
        ("maintenance", ("2026-07-01", "2026-09-30"), True),
        ("maintenance", ("2026-07-02", "2026-09-30"), False),
        ("force_majeure", ("2026-07-01", "2026-09-29"), False),
    ],
)
def test_an_event_without_paths(
    measured: Desk, cause: str, days: tuple[str, str], excused: bool
) -> None:
    evaluation = judged(measured, event(cause=cause, days=days, approved=LATER))
    assert outcomes(evaluation) == (["excused"] * 2 if excused else ["failed"] * 2)
    why = "it covers a part of the period only, and names no paths"
    assert evaluation.excusals[0].why_not == ("" if excused else why)


def test_an_event_of_another_period_is_not_listed(measured: Desk) -> None:
    assert judged(measured, event(days=("2026-10-01", "2026-10-31"))).excusals == ()


@pytest.mark.slow
def test_a_level_that_is_met_stays_met(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE})
    desk.contract(["billing"], LEVELS)
    desk.measure(jobs=1)
    assert outcomes(judged(desk, event())) == ["met", "met"]
    assert outcomes(judged(desk, debt(more="paths: ['**']"))) == ["met", "met"]


def test_nothing_is_left_to_measure(measured: Desk) -> None:
    assert outcomes(judged(measured, debt(more="paths: ['**']"))) == ["excused", "excused"]


def test_an_unreachable_repository_in_the_customers_delay(desk: Desk) -> None:
    """Never failed for what the customer held up; the other repository is judged alone."""
    desk.repository("billing", {"old/b.py": BRANCHY})
    desk.contract(["billing", "gone"], LEVELS[:1])
    desk.measure(jobs=1)
    assert outcomes(judged(desk, event(approved="evidence: x"))) == ["unknown"]
    one = judged(desk, event(more=", repositories: [gone]"))
    assert outcomes(one) == ["unknown"], "failed would be worse than unknown"
    assert outcomes(judged(desk, event())) == ["excused"]


def test_the_contracts_limits(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE, "old/b.py": BRANCHY})
    desk.contract(["billing"], LEVELS[:1], more="excusals: {days_per_year: 10, accepted_debt: 1}\n")
    desk.measure(jobs=1)
    outage = ("2026-08-01", "2026-08-08")
    first = event("E-1", ", paths: [old/**]", cause="third_party", days=outage)
    same = event("E-2", ", paths: [old/**]", cause="third_party", days=outage)
    more = event("E-3", ", paths: [old/**]", LATER, "third_party", ("2026-08-09", "2026-08-11"))
    customer = event("E-4", ", paths: [old/**]", days=("2026-07-01", "2026-09-30"))
    evaluation = judged(desk, first, same, more, customer)
    assert [each.why_not for each in evaluation.excusals] == [
        "", "", "beyond the contract's limit of 10 excused days in 2026", "",
    ]  # fmt: skip
    debts = judged(desk, debt("D-0", approved="evidence: x"), debt("D-1"), debt("D-2"))
    assert [each.why_not for each in debts.excusals] == [
        "not approved by the customer and the supplier", "",
        "beyond the contract's limit of 1 accepted debts",
    ]  # fmt: skip


def test_facts_and_the_past_are_untouched(measured: Desk) -> None:
    (measured.folder / "acme.events.yaml").unlink(missing_ok=True)
    before = measured.facts()
    judged(measured, debt(), event())
    assert measured.facts() == before


@pytest.mark.slow
def test_trends_have_each_periods_own_excusals(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE, "old/b.py": BRANCHY}, at="2026-02-01T00:00:00Z")
    desk.contract(["billing"], LEVELS[:1], starts="2026-01-01")
    desk.measure(jobs=1)
    ledger(desk, debt(more="paths: [old/**], from: 2026-04-01", until="2026-06-30"))
    (verdict,) = desk.evaluate("2026-Q3")[0].service_levels
    assert [point.value for point in verdict.trend] == [80.0, 0.0]
    assert verdict.outcome == "failed"


# ---------------------------------------------------------------- never any harm


INDICATORS = dict.fromkeys(
    ["complexity.nloc_share above 3", "complexity.max", "errors.density", "warnings.density",
     "measured.share", "tests.ratio", "duplication.share", "python.mi.mean", "size.nloc"], (0, 0),
)  # fmt: skip


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("several"))
    files: dict[str | bytes, str] = {"tests/test_a.py": SIMPLE, "odd.js": "var x = 1;\n" * 8}
    for folder, text in (("a", SIMPLE), ("b", BRANCHY), ("c", FINDING)):
        files |= {f"{folder}/{n}.py": text.replace("def ", f"def x{n}") for n in range(2)}
    desk.repository("billing", files)
    desk.repository("shop", {"a/0.py": BRANCHY, "c/9.py": FINDING})
    for scope in ("contract", "each-repository"):
        desk.contract(["billing", "shop"], levels(INDICATORS, scope), name=scope[:4])
    desk.measure(jobs=1)
    return desk


entries = st.builds(
    lambda kind, path, rule, repositories, cause: (kind, path, rule, repositories, cause),
    st.sampled_from(["event", "debt"]),
    st.sampled_from(["a/**", "b/**", "c/**", "**/0.py", "**", "tests/**", "odd.js", ""]),
    st.sampled_from(["", "rule: E0602", "rule: W0612", "function: x0g"]),
    st.sampled_from(["", "repositories: [shop]"]),
    st.sampled_from(["customer", "third_party", "maintenance"]),
)


def _entry(number: int, drawn: tuple[str, ...]) -> str:
    kind, path, rule, repositories, cause = drawn
    more = f", {repositories}" if repositories else ""
    if kind == "event":
        return event(f"E-{number}", more + (f", paths: ['{path}']" if path else ""), cause=cause)
    return debt(f"E-{number}", f"paths: ['{path or '**'}']" + (f", {rule}" if rule else "") + more)


@pytest.mark.slow
def test_no_excusal_makes_a_verdict_worse(several: Desk) -> None:
    @given(st.lists(entries, max_size=3))
    def never_worse(drawn: list[tuple[str, ...]]) -> None:
        for name in ("cont", "each"):
            ledger(several, *(_entry(n, each) for n, each in enumerate(drawn)), name=name)
        for evaluation in several.evaluate():
            for verdict in evaluation.service_levels:
                _never_worse(verdict)

    from hypothesis import settings

    settings(max_examples=12, deadline=None, database=None)(never_worse)()


def _never_worse(verdict: Verdict) -> None:
    bare = verdict.without
    if bare is None:
        return
    ranks = [WORST_FIRST.index(each.outcome) for each in (verdict, bare)]
    assert ranks[0] >= ranks[1]
    assert bare.outcome != "met" or verdict.outcome == "met"
    if verdict.outcome == bare.outcome and verdict.deciding and bare.deciding:
        value, without = verdict.deciding.exact, bare.deciding.exact
        assert isinstance(value, Fraction)
        assert isinstance(without, Fraction)
        assert verdict.good == "none" or (
            value >= without if verdict.good == "high" else value <= without
        )
