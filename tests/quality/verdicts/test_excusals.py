"""The ledger and what it does: numbers by hand, what does not count, and never any harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.problem import ContractError
from quality.model.evaluation import Evaluation
from quality.model.verdict import WORST_FIRST, Measured, Verdict
from quality.store.database import Store
from quality.verdicts.explain import explain
from quality.verdicts.relief import without_relief
from tests.conftest import Desk
from tests.quality.store.test_scope import levels

SIMPLE = "def f(a):\n    return a\n"  # 2 NLOC
BRANCHY = "def g(a):\n" + "    if a:\n        a += 1\n" * 3 + "    return a\n"  # CCN 4, 8 NLOC
FINDING = "def h():\n    unused = 1\n    return undefined_name\n"  # W0612 and E0602, 3 NLOC
APPROVED = (
    "approved_by: {customer: {name: Ann, date: 2026-08-01}, "
    "supplier: {name: Bob, date: 2026-08-02}}"
)
LEVELS = (
    "{id: TQ-1, name: c, class: critical, indicator: complexity.nloc_share, above: 3, "
    "expected: 5, minimum: 8}",
    "{id: TQ-2, name: e, class: critical, indicator: errors.density, expected: 0.1, minimum: 0.5}",
)


def ledger(desk: Desk, *entries: str, name: str = "acme") -> Path:
    head = "entries:\n" if entries else "entries: []\n"
    text = f"format: workmanship.events/1\ncontract: {name.upper()}\n{head}"
    text += "".join(f"  - {{{entry}}}\n" for entry in entries)
    path = desk.folder / f"{name}.events.yaml"
    path.write_text(text)
    return path


def event(id: str = "E-1", more: str = "", approved: str = APPROVED, cause: str = "customer",
          days: tuple[str, str] = ("2026-07-01", "2026-09-30")) -> str:  # fmt: skip
    return (
        f"id: {id}, kind: excused_event, cause: {cause}, from: {days[0]}, to: {days[1]}, "
        f"service_levels: all, reason: why, raised_by: supplier, {approved}{more}"
    )


def debt(id: str = "D-1", more: str = "paths: [old/**]", until: str = "2026-12-31",
         approved: str = APPROVED) -> str:  # fmt: skip
    return (
        f"id: {id}, kind: accepted_debt, until: {until}, reason: why, raised_by: customer, "
        f"{approved}, {more}"
    )


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
    [
        ("evidence: none", "not approved by the customer and the supplier"),
        ("approved_by: {supplier: {name: Bob, date: 2026-08-02}}", "not approved by the customer"),
        ("approved_by: {customer: {name: Ann, date: 2026-08-02}}", "not approved by the supplier"),
        (APPROVED.replace("Ann", "BOB "), "both approvals bear the same name"),
        (APPROVED.replace("2026-08-01", "2027-01-01"), "approved by the customer only on "
         "2027-01-01"),
    ],
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
    evaluation = judged(measured, event(cause=cause, days=days))
    assert outcomes(evaluation) == (["excused"] * 2 if excused else ["failed"] * 2)
    why = "it covers a part of the period only, and names no paths"
    assert evaluation.excusals[0].why_not == ("" if excused else why)


def test_an_event_of_another_period_is_not_listed(measured: Desk) -> None:
    assert judged(measured, event(days=("2026-10-01", "2026-10-31"))).excusals == ()


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
    more = event("E-3", ", paths: [old/**]", cause="third_party", days=("2026-08-09", "2026-08-11"))
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
    if verdict.outcome == bare.outcome and verdict.measured and bare.measured:
        value, without = verdict.measured.exact, bare.measured.exact
        assert isinstance(value, Fraction)
        assert isinstance(without, Fraction)
        assert verdict.good == "none" or (
            value >= without if verdict.good == "high" else value <= without
        )


# ---------------------------------------------------------------- the file


def problems(desk: Desk, *entries: str) -> list[str]:
    path = ledger(desk, *entries)
    with pytest.raises(ContractError) as caught:
        _ = desk.session
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}:") for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (event(cause="supplier"),
         "entries[0].cause: the supplier's own acts excuse nothing: no such cause is possible"),
        (event(cause="weather"), "entries[0].cause: \"weather\" is not possible; use customer or "
         "third_party or force_majeure or maintenance"),
        (event(days=("2026-09-30", "2026-07-01")), "entries[0].to: 2026-07-01 lies before its "
         "first day, 2026-09-30: exchange or correct the two days"),
        (event(more=", path: [a]"), "entries[0].path: is no known key here; did you mean paths?"),
        (event().replace("all", "[TQ-9]"), "entries[0].service_levels[0]: \"TQ-9\" is no service "
         "level of the contract; did you mean TQ-2?"),
        (event(more=", repositories: [shop]"), "entries[0].repositories[0]: \"shop\" is no "
         "repository of the contract; it has billing"),
        (event().replace("excused_event", "excused"), "entries[0].kind: \"excused\" is no known "
         "kind; did you mean excused_event?"),
        (debt(more="paths: [a], rule: W9999"), "entries[0].rule: \"W9999\" is no rule of recipe "
         "2026.1; "),
        (debt(more="rule: W0612"), "entries[0].paths: is missing"),
        (event().replace("raised_by: supplier, ", ""), "entries[0].raised_by: is missing"),
        (event().replace("date: 2026-08-01", "date: 2026-02-30"),
         "entries[0].approved_by.customer.date: 2026-02-30 is no day of the calendar"),
        ("id: N-1, kind: credit_note, corrects: 2026-Q3, period: 2026-Q3, amount: 5, reason: r, "
         "raised_by: customer", "entries[0].period: 2026-Q3 must come after 2026-Q3, the period "
         "that it corrects"),
    ],
)  # fmt: skip
def test_a_problem_of_a_ledger_says_where_and_what(measured: Desk, entry: str, said: str) -> None:
    (line,) = problems(measured, entry)
    assert line.startswith("4:")
    assert line.partition(": ")[2].startswith(said)


def test_all_problems_at_once_and_ids_only_once(measured: Desk) -> None:
    found = problems(measured, event(), event(cause="x"), debt("D", until="soon"), event("E-1"))
    assert [line.partition(":")[0] for line in found] == ["5", "5", "6", "7"]


def test_a_ledger_of_another_contract(measured: Desk) -> None:
    ledger(measured).write_text("format: workmanship.events/1\ncontract: OTHER\nentries: []\n")
    with pytest.raises(ContractError, match="must be ACME, the contract beside which"):
        _ = measured.session


def test_the_guides_ledger_is_valid_and_counts(tmp_path: Path) -> None:
    from quality.contract.amendments import load_families
    from quality.contract.ledger import claims
    from quality.contract.periods import periods
    from tests.quality.contracts import SMALL
    from tests.test_docs import GUIDES

    contract = tmp_path / "acme.contract.yaml"
    contract.write_text(SMALL)
    text = (
        GUIDES["quality/closing"].partition("format: workmanship.events/1")[2].partition("```")[0]
    )
    (tmp_path / "acme.events.yaml").write_text("format: workmanship.events/1" + text)
    (family,) = load_families([contract])
    third = periods(family, date(2026, 12, 1))[2]
    found = claims(family.ledger, family.base, third, date(2026, 12, 1))
    assert [(each.entry.id, each.why_not) for each in found] == [("E-1", ""), ("D-1", "")]
    assert [note.id for note in family.ledger.notes] == ["N-1"]


def test_credit_notes_are_booked_in_their_period(measured: Desk) -> None:
    note = (
        "id: N-1, kind: credit_note, corrects: 2026-Q3, period: 2026-Q4, amount: -120.50, "
        f"reason: typo, raised_by: customer, {APPROVED}"
    )
    assert judged(measured, note).credit_notes == ()
    (booked,) = judged(measured, note, period="2026-Q4").credit_notes
    assert (str(booked.amount), booked.corrects, booked.why_not) == ("-120.50", "2026-Q3", "")
    (nothing,) = judged(
        measured, note.replace(APPROVED, "evidence: x"), period="2026-Q4"
    ).credit_notes
    assert nothing.why_not


def test_digests_follow_content_and_order(measured: Desk) -> None:
    def digest(*entries: str) -> str:
        ledger(measured, *entries)
        return measured.session.families[0].ledger.digest

    one = digest(event(), debt())
    assert one == digest(event(), debt())
    assert one != digest(debt(), event())
    assert one != digest(event(), debt(until="2027-01-01"))
    assert len({one, digest(), digest(event())}) == 3
    (measured.folder / "acme.events.yaml").unlink()
    assert measured.session.families[0].ledger.digest == ""
    assert date(2026, 1, 1) < replace(measured.session.families[0]).ends
