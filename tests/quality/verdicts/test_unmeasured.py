"""Who pays for what cannot be measured: the supplier for what he delivered or withheld, nobody for
our limits. Amounts by hand: 200,000 x 12 % at risk x 60 % = 14,400."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quality.cli.session import exit_code
from quality.contract.contract import Contract
from quality.model.evaluation import Evaluation
from quality.model.verdict import Measured
from quality.store.scope import Count
from quality.verdicts.verdict import verdict
from tests.conftest import Desk
from tests.examples import table
from tests.quality.contracts import parse, small
from tests.quality.ledgers import BRANCHY, SIMPLE, debt, event, ledger
from tests.quality.verdicts.levels import level, state
from tests.repositories import Entry, Submodule

Files = dict[str | bytes, Entry]

FAILED = "unmeasured: failed"
LEVEL = (
    "{id: TQ-1, name: c, class: critical, indicator: complexity.nloc_share, above: 3, "
    "expected: 5, minimum: 8, allocation: 60}"
)
MONEY = "charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 200000}], at_risk: 12}\n"
NUL = BRANCHY + "# \0\n"
LONG = BRANCHY + "# " + "x" * 5000 + "\n"  # over the recipe's columns


def agreed(unmeasured: str) -> Contract:
    key = f"\n  unmeasured: {unmeasured}" if unmeasured else ""
    return parse(small(('recipe: "2026.2"', f'recipe: "2026.2"{key}')))


def judged(desk: Desk, period: str = "2026-Q3") -> Evaluation:
    (evaluation,) = desk.evaluate(period)
    return evaluation


def outcome(desk: Desk, period: str = "2026-Q3") -> str:
    return judged(desk, period).service_levels[0].outcome


def credit(desk: Desk, period: str = "2026-Q3") -> Decimal:
    bill = judged(desk, period).credits
    assert bill
    return bill.total


# ---------------------------------------------------------------- the rule


@pytest.mark.parametrize(
    ("measured", "unreadable", "expected"),
    [
        (9500, 500, "met"),  # the tolerance is the supplier's too
        (9499, 501, "failed"),
        (9499, 500, "unknown"),  # 1 of our own too many: he kept to his 5 %
        (9400, 300, "unknown"),
        (4000, 501, "failed"),  # what our limits hide excuses nobody
        (4000, 500, "unknown"),
        (4000, 0, "unknown"),
        (0, 10_000, "failed"),
    ],
)
def test_unreadable_code_alone_decides(measured: int, unreadable: int, expected: str) -> None:
    states = [state(level(), 1, 100, measured=Count(measured, 10_000), unreadable=unreadable)]
    assert verdict(level(), agreed("failed"), states).outcome == expected
    tolerant = "unknown" if expected == "failed" else expected
    assert verdict(level(), agreed("unknown"), states).outcome == tolerant
    assert verdict(level(), agreed(""), states).outcome == tolerant


def test_what_has_no_minimum_stays_unknown() -> None:
    states = [state(level(), 1, 100, measured=Count(90, 100), unreadable=10)]
    assert verdict(level(minimum=None), agreed("failed"), states).outcome == "unknown"


def test_the_reason_says_how_much_of_it_is_unreadable() -> None:
    states = [state(level(), 1, 100, measured=Count(8999, 10_000), unreadable=901)]
    found = verdict(level(), agreed("failed"), states)
    assert (found.outcome, found.measured, found.reason) == (
        "failed", None,
        "only 89.99 % of the production code could be measured, the contract asks for 95 %; "
        "9.01 % cannot be read as it was delivered; 1 % is beyond our limits or tools",
    )  # fmt: skip


def test_each_repository_answers_for_itself() -> None:
    bad = state(level(), 0, 100, "a", Count(90, 100), unreadable=10)
    good = state(level(), 0, 100, "b", Count(900, 900))
    asked = level(scope="each-repository")
    found = verdict(asked, agreed("failed"), [bad, good])
    assert found.outcome == "failed"
    assert found.failed_unmeasured
    assert [(each.outcome, each.measured) for each in found.repositories] == [
        ("failed", None), ("met", Measured(0, 100, 100)),
    ]  # fmt: skip
    assert found.repositories[0].reason.startswith("only 90 % of the production code")
    together = verdict(level(), agreed("failed"), [bad, good])  # 990 of 1,000 bytes
    assert (together.outcome, together.failed_unmeasured) == ("met", False)
    assert together.repositories[0].reason.startswith("only 90 % of the production code")
    assert together.repositories[0].outcome is None


# ---------------------------------------------------------------- one byte, and what it costs


def test_a_nul_byte_costs_what_failing_costs(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE, "b.py": BRANCHY})
    desk.contract(["billing"], [LEVEL], more=MONEY)
    desk.measure()
    assert (outcome(desk), credit(desk)) == ("failed", 14400)
    desk.repository("spoilt", {"a.py": SIMPLE, "b.py": NUL})
    desk.contract(["spoilt"], [LEVEL], more=MONEY)
    desk.measure()
    assert (outcome(desk), credit(desk)) == ("unknown", 0)
    desk.contract(["spoilt"], [LEVEL], head=FAILED, more=MONEY)
    evaluation = judged(desk)
    assert (evaluation.outcome, exit_code([evaluation], strict=False)) == ("failed", 1)
    bill = evaluation.credits
    assert bill
    (step,) = bill.steps
    assert (bill.total, step.value, step.shortfall) == (14400, None, 92)  # 100 % is the worst
    assert step.explanation == (
        # 23 of 125 bytes
        "TQ-1: only 18.4 % of the production code could be measured, the contract asks for 95 %; "
        "81.6 % cannot be read as it was delivered. Without a value it costs what the worst one "
        "would. At-risk amount EUR 24,000.00 x allocation 60 % = EUR 14,400.00"
    )
    (snapshot,) = evaluation.snapshots
    assert {(each.path, each.reason, each.cause) for each in snapshot.unmeasured} == {
        ("b.py", "contains NUL bytes", "supplier")
    }


@pytest.mark.slow
def test_our_limits_cost_nothing_and_are_named(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE, "b.py": LONG})
    desk.contract(["billing"], [LEVEL], head=FAILED, more=MONEY)
    desk.measure()
    evaluation = judged(desk)
    assert (outcome(desk), credit(desk)) == ("unknown", 0)
    assert exit_code([evaluation], strict=False) == 3
    assert {each.cause for each in evaluation.snapshots[0].unmeasured} == {"ours"}


def test_a_contract_can_hold_the_supplier_to_the_limits_too(desk: Desk) -> None:
    share = "{id: M, class: critical, indicator: measured.share, minimum: 95, allocation: 40}"
    desk.repository("billing", {"a.py": SIMPLE, "b.py": LONG})
    desk.contract(["billing"], [LEVEL, share], head=FAILED, more=MONEY)
    desk.measure()
    assert [each.outcome for each in judged(desk).service_levels] == ["unknown", "failed"]
    assert credit(desk) == 9600  # 24,000 x 40 %


@pytest.mark.slow
def test_repeated_failures_count_whether_measured_or_not(desk: Desk) -> None:
    """Q2 fails by its value, Q3 by a NUL byte: the second in a row, so 14,400 x 1.5 = 21,600."""
    rules = (
        "credits: {consecutive: [{failures: 2, multiplier: 1.5}]}\n"
        "consequences: [{kind: chronic_failure, failures: 2, of: 4, text: Again.}]\n"
    )
    desk.repository("billing", {"a.py": SIMPLE, "b.py": BRANCHY}, at="2026-05-01T00:00:00Z")
    desk.repository("billing", {"b.py": NUL})
    desk.contract(["billing"], [LEVEL], starts="2026-04-01", head=FAILED, more=MONEY + rules)
    desk.measure()
    bill = judged(desk).credits
    assert bill
    assert (credit(desk, "2026-Q2"), bill.total) == (14400, 21600)
    assert [each.kind for each in bill.consequences] == ["chronic_failure"]
    desk.contract(["billing"], [LEVEL], starts="2026-04-01", more=MONEY + rules)
    tolerant = judged(desk).credits
    assert tolerant
    assert (tolerant.total, tolerant.consequences) == (0, ())


@pytest.mark.slow
def test_relief_takes_unreadable_code_out_as_any_other(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE, "old/b.py": NUL})
    desk.contract(["billing"], [LEVEL], head=FAILED, more=MONEY)
    desk.measure()
    ledger(desk, debt())
    evaluation = judged(desk)
    assert evaluation.service_levels[0].measured == Measured(0, 2, 100)
    assert evaluation.outcome == "met"
    assert [each.amount for each in evaluation.excusals] == [14400]  # what it saves him
    ledger(desk, event())
    evaluation = judged(desk)
    assert (outcome(desk), credit(desk)) == ("excused", 0)
    assert [each.amount for each in evaluation.excusals] == [14400]


@pytest.mark.slow
def test_a_period_closes_as_failed_for_want_of_a_value(desk: Desk) -> None:
    desk.repository("billing", {"a.py": SIMPLE, "b.py": NUL})
    desk.contract(["billing"], [LEVEL], head=FAILED, more=MONEY)
    desk.measure()
    closed = desk.session.close("2026-Q3", "Ann", agreed=False)
    assert closed.state == "closed"
    assert judged(desk) == closed
    assert (outcome(desk), credit(desk)) == ("failed", 14400)


# ---------------------------------------------------------------- nothing left to measure


def test_emptied_where_there_was_code_is_withheld(desk: Desk) -> None:
    desk.repository("billing", {"a.py": BRANCHY}, at="2026-05-01T00:00:00Z")
    desk.repository("billing", {"a.py": None, "README.md": "moved\n"})
    desk.contract(["billing"], [LEVEL], starts="2026-04-01", head=FAILED, more=MONEY)
    desk.measure()
    evaluation = judged(desk)
    (found,) = evaluation.service_levels
    assert (found.outcome, found.reason) == ("failed", "there are no production files any more")
    assert credit(desk) == 14400
    desk.contract(["billing"], [LEVEL], starts="2026-04-01", more=MONEY)
    assert outcome(desk) == "unknown"


@pytest.mark.slow
def test_what_never_was_is_not_withheld(desk: Desk) -> None:
    """No code yet, and a language that the supplier never used."""
    python = "{id: E, class: critical, indicator: errors.density, minimum: 1, allocation: 60}"
    desk.repository("billing", {"README.md": "soon\n"}, at="2026-05-01T00:00:00Z")
    desk.contract(["billing"], [LEVEL], starts="2026-04-01", head=FAILED, more=MONEY)
    desk.repository("web", {"a.zig": "fn f(a: i32) i32 {\n  return a;\n}\n"})
    desk.contract(["web"], [python], name="web", head=FAILED, more=MONEY)
    desk.measure()
    assert [each.outcome for each in desk.evaluate()] == ["unknown", "unknown"]


@pytest.mark.slow
def test_emptied_by_the_customers_patterns_is_not_withheld(desk: Desk) -> None:
    desk.repository("billing", {"a.py": BRANCHY}, at="2026-05-01T00:00:00Z")
    desk.contract(["billing"], [LEVEL], starts="2026-04-01", head=FAILED, more=MONEY)
    path = desk.folder / "acme.contract.yaml"
    amended = path.read_text().replace(
        "id: ACME", "id: ACME-2\n  amends: ACME\n  effective: 2026-07-01"
    )
    amended = amended.replace("service_levels:", 'files: {tests: ["**"]}\nservice_levels:')
    (desk.folder / "acme.amendment-1.contract.yaml").write_text(amended)
    desk.measure()
    assert outcome(desk, "2026-Q2") == "failed"
    (found,) = judged(desk).service_levels
    assert (found.outcome, found.reason) == ("unknown", "there are no production files")


@pytest.mark.parametrize(
    "files", table([{"lib": Submodule("12" * 20)}, {"run.sh": "exit 0\n" * 9}], {0})
)
def test_nothing_but_what_nobody_reads_is_withheld(desk: Desk, files: Files) -> None:
    desk.repository("billing", files)
    desk.contract(["billing"], [LEVEL], head=FAILED, more=MONEY)
    desk.measure()
    (found,) = judged(desk).service_levels
    assert found.outcome == "failed"
    assert found.reason == "there are only files that no analyzer reads"
