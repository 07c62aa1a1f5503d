"""What supposed values would come to, as text and as JSON: every amount with its reason."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from quality.model import amounts
from quality.model.canonical import indented
from quality.model.simulation import Draft, SimulatedPeriod
from quality.model.statement import CreditStatement
from quality.model.verdict import Verdict
from reports.scorecard.json import statement
from reports.scorecard.terminal import MARKS, consequence, table
from reports.scorecard.words import money
from reports.shared import numbers
from reports.shared.plain import plain
from reports.shared.text import safe_text

SUMS = {"total": "credits", "returned": "returned", "bonus_due": "bonus", "net": "net"}
"""What is summed over all periods, and its name for people."""


def text(found: Sequence[SimulatedPeriod]) -> str:
    """A block a period, then what all of them come to."""
    blocks = ["\n".join(_period(each)) for each in found]
    return "\n\n".join([*blocks, *_total(found)]) + "\n"


def json(draft: Draft) -> str:
    """The same for programs: the statements whole, amounts as text."""
    return indented(plain_draft(draft))


def plain_draft(draft: Draft) -> dict[str, Any]:
    """A draft as plain data."""
    found = draft.periods
    periods = [
        {
            "period": each.period.id,
            "outcome": each.outcome,
            "service_levels": [
                {
                    "id": verdict.id,
                    "value": _value(verdict),
                    "unit": verdict.unit,
                    "outcome": verdict.outcome,
                }
                for verdict in each.verdicts
            ],
            "credits": statement(each.credits),
        }
        for each in found
    ]  # fmt: skip
    sums = {name: plain(total(found, name)) for name in SUMS} if bills(found) else None
    return {"contract": draft.contract, "periods": periods, "sum": sums}


def _value(verdict: Verdict) -> str | None:
    exact = numbers.exact(verdict)
    return None if exact is None else amounts.plain(exact)


def bills(found: Sequence[SimulatedPeriod]) -> list[CreditStatement]:
    """The statements that have money in them."""
    return [each.credits for each in found if each.credits and each.credits.has_money]


def total(found: Sequence[SimulatedPeriod], name: str) -> Decimal:
    """One of ``SUMS`` over all periods."""
    return sum((getattr(bill, name) for bill in bills(found)), Decimal(0))


def _period(each: SimulatedPeriod) -> Iterator[str]:
    yield f"{each.period.id} ({each.period.start} to {each.period.end}): {MARKS[each.outcome]}"
    rows = [
        (verdict.id, numbers.judged(verdict, verdict.measured), *numbers.agreed(verdict),
         MARKS[verdict.outcome])
        for verdict in each.verdicts
    ]  # fmt: skip
    yield table(("id", "value", "expected", "minimum", "outcome"), rows).rstrip("\n")
    unknown = (verdict for verdict in each.verdicts if verdict.outcome == "unknown")
    yield from (safe_text(f"{v.id}: {v.reason}") for v in unknown if v.reason)
    if each.credits is not None:
        yield from map(safe_text, _money(each.credits))


def _money(bill: CreditStatement) -> Iterator[str]:
    if bill.has_money:
        yield from (step.explanation for step in (*bill.steps, *bill.points))
        yield from (step.explanation for step in bill.eased)
        yield from (step.explanation for step in bill.bonuses)
        yield from (step.explanation for step in bill.earnbacks)
        if bill.lapsed:
            lapsed = amounts.text(bill.lapsed, bill.currency)
            yield f"{lapsed} lapse above the period's cap"
        if bill.annual:
            yield bill.annual.explanation
        if bill.framework:
            yield bill.framework.explanation
        yield from (each.explanation for each in bill.carried)
        if bill.unknown:
            yield f"not computed for {', '.join(bill.unknown)}"
        total = amounts.text(bill.total, bill.currency)
        yield f"credits: {total} of at most {money.at_most(bill)}"
    yield from map(consequence, bill.consequences)


def _total(found: Sequence[SimulatedPeriod]) -> Iterator[str]:
    statements = bills(found)
    if not statements:
        return
    sums = [total(found, name) for name in SUMS]
    credits, returned, bonus, net = (signed(each, statements[-1].currency) for each in sums)
    noun = "period" if len(found) == 1 else "periods"
    yield f"{len(found)} {noun}: credits {credits}, returned {returned}, net {net}, bonus {bonus}"


def signed(amount: Decimal, currency: str) -> str:
    """An amount with its sign: -EUR 4,800.00."""
    return "-" * (amount < 0) + amounts.text(abs(amount), currency)
