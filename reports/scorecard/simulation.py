"""What supposed values would come to, as text and as JSON: every amount with its reason."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quality.model import amounts
from quality.model.canonical import indented
from quality.model.simulation import SimulatedPeriod
from quality.model.statement import CreditStatement
from quality.model.verdict import Verdict
from reports.scorecard.terminal import MARKS, consequence, table
from reports.shared import numbers
from reports.shared.plain import plain
from reports.shared.text import safe_text

SUMS = ("total", "returned", "bonus_due", "net")


def text(found: Sequence[SimulatedPeriod]) -> str:
    """A block a period, then what all of them come to."""
    blocks = ["\n".join(_period(each)) for each in found]
    return "\n\n".join([*blocks, *_total(found)]) + "\n"


def json(contract: str, found: Sequence[SimulatedPeriod]) -> str:
    """The same for programs: the statements whole, amounts as text."""
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
            "credits": plain(each.credits),
        }
        for each in found
    ]  # fmt: skip
    sums = {name: plain(_sum(found, name)) for name in SUMS} if _bills(found) else None
    return indented({"contract": contract, "periods": periods, "sum": sums})


def _value(verdict: Verdict) -> str | None:
    exact = numbers.exact(verdict)
    return None if exact is None else amounts.plain(exact)


def _bills(found: Sequence[SimulatedPeriod]) -> list[CreditStatement]:
    return [each.credits for each in found if each.credits and each.credits.has_money]


def _sum(found: Sequence[SimulatedPeriod], name: str) -> Decimal:
    return sum((getattr(bill, name) for bill in _bills(found)), Decimal(0))


def _period(each: SimulatedPeriod) -> Iterator[str]:
    yield f"{each.period.id} ({each.period.start} to {each.period.end}): {MARKS[each.outcome]}"
    rows = [
        (verdict.id, numbers.judged(verdict, verdict.measured), *numbers.agreed(verdict),
         MARKS[verdict.outcome])
        for verdict in each.verdicts
    ]  # fmt: skip
    yield table(("id", "value", "expected", "minimum", "outcome"), rows).rstrip("\n")
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
        if bill.unknown:
            yield f"not computed for {', '.join(bill.unknown)}"
        total, cap = (amounts.text(each, bill.currency) for each in (bill.total, bill.cap))
        yield f"credits: {total} of at most {cap}"
    yield from map(consequence, bill.consequences)


def _total(found: Sequence[SimulatedPeriod]) -> Iterator[str]:
    bills = _bills(found)
    if not bills:
        return
    sums = [_sum(found, name) for name in SUMS]
    total, returned, bonus, net = (
        "-" * (each < 0) + amounts.text(abs(each), bills[-1].currency) for each in sums
    )
    noun = "period" if len(found) == 1 else "periods"
    yield f"{len(found)} {noun}: credits {total}, returned {returned}, net {net}, bonus {bonus}"
