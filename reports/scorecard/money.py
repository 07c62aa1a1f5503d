"""What follows from a period in money, in words and lines, before any format.

Amounts are written as the statement's own explanations write them: EUR 14,400.00.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quality.model import amounts
from quality.model.evaluation import Evaluation
from quality.model.relief import CreditNote
from quality.model.statement import ConsequenceKind, CreditStatement, CreditStep, PointStep
from quality.model.verdict import Outcome
from reports.shared import numbers

KINDS: dict[ConsequenceKind, str] = {
    "chronic_failure": "Chronic failure",
    "rectification_plan": "Rectification plan",
    "step_in": "Step-in",
    "termination": "Right of termination",
    "notice": "Notice",
}
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of an amount and what it is: 60 %, "allocation"."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the statement, as on an invoice: a plain amount, one that is taken off (``less``),
    or a ``sum``. ``factors`` multiply to ``product`` ("": the amount); ``about`` is the service
    level it is for; ``struck``: another one of the same event is charged instead."""

    title: str
    amount: str
    why: str = ""
    clause: str = ""
    kind: Literal["", "less", "sum", "total"] = ""
    about: str = ""
    factors: tuple[Factor, ...] = ()
    product: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The statement at a glance."""

    claimed: str
    at_risk: str
    at_risk_of: str
    lapsed: str
    returned: str
    balance: str
    share: Decimal


def money(statement: CreditStatement, amount: Decimal) -> str:
    """An amount of the statement, never broken between two lines: EUR 14,400.00."""
    sign = numbers.MINUS if amount < 0 else ""
    shown = abs(amount).quantize(Decimal(1).scaleb(-statement.minor_digits))
    return sign + amounts.text(shown, statement.currency).replace(" ", "\u00a0")


def lapsed(statement: CreditStatement) -> Decimal:
    """All that no cap left room for: the period's and the year's."""
    return statement.lapsed + (statement.annual.lapsed if statement.annual else NOTHING)


def booked(evaluation: Evaluation) -> Decimal:
    """The credit notes that count."""
    return sum((each.amount for each in evaluation.credit_notes if not each.why_not), NOTHING)


def balance(evaluation: Evaluation) -> Decimal:
    """What the period comes to: net credit and credit notes less bonus; below 0 it goes to the
    supplier."""
    statement = evaluation.credits
    if statement is None:
        return booked(evaluation)
    return statement.net - statement.bonus_due + booked(evaluation)


def figures(evaluation: Evaluation) -> Figures | None:
    """The statement at a glance; None: the contract states no money."""
    statement = evaluation.credits
    if statement is None or not statement.has_money:
        return None
    share = 100 * statement.total / statement.cap if statement.cap else NOTHING
    percent = numbers.number(statement.at_risk_percent, _decimals(statement.at_risk_percent))
    return Figures(
        money(statement, statement.total),
        money(statement, statement.at_risk_amount),
        f"{percent}{numbers.THIN}% of the charges of {money(statement, statement.charges)}",
        money(statement, lapsed(statement)),
        money(statement, statement.returned),
        money(statement, balance(evaluation)),
        min(share, Decimal(100)).quantize(Decimal("0.01")),
    )


def headline(evaluation: Evaluation) -> str:
    """What the period costs, in one sentence."""
    statement = evaluation.credits
    if statement is None or not statement.has_money:
        return ""
    period = statement.period
    to_date = " to date" if statement.provisional else ""
    due = balance(evaluation)
    if statement.total == due == 0:
        return f"No credit for {period}{to_date}"
    if statement.total == due:
        whole = ", all that is at risk" if statement.total == statement.cap else ""
        return f"{money(statement, due)} credited for {period}{to_date}{whole}"
    return (
        f"{money(statement, statement.total)} credited for {period}{to_date}; a balance of "
        f"{money(statement, abs(due))} in favour of the {_favoured(due)}"
    )


def _favoured(balance_: Decimal) -> str:
    return "customer" if balance_ >= 0 else "supplier"


def bill(evaluation: Evaluation) -> tuple[Line, ...]:
    """The statement line by line, in the order in which it is computed by hand."""
    statement = evaluation.credits
    if statement is None or not statement.has_money:
        return ()
    return (*_claim(statement), *_settlement(evaluation, statement))


def _claim(statement: CreditStatement) -> Iterator[Line]:
    def shown(amount: Decimal) -> str:
        return money(statement, amount)

    percent = f"{amounts.plain(statement.at_risk_percent)}{numbers.THIN}%"
    yield Line("Charges", shown(statement.charges), statement.charges_explanation)
    yield Line(
        "At risk",
        shown(statement.at_risk_amount),
        "The most that credits can reach in this period.",
        factors=(
            Factor(shown(statement.charges), "charges"),
            Factor(percent, "at risk"),
        ),
    )
    for step in statement.steps:
        yield _step(statement, step)
    if len(statement.steps) != 1:
        yield Line("Sum of the credits", shown(statement.uncapped), kind="sum")
    if statement.lapsed:
        why = f"Credits stop at the at-risk amount of {shown(statement.cap)}; what is above lapses."
        yield Line("Above the period's cap", _less(shown(statement.lapsed)), why, kind="less")
    if statement.annual:
        annual = statement.annual
        title = f"Above the cap of contract year {annual.year}"
        taken = _less(shown(annual.lapsed)) if annual.lapsed else shown(annual.lapsed)
        yield Line(title, taken, f"{annual.explanation}.", kind="less")
    if statement.offset:
        why = f"{_bonuses(statement)} The contract lets a bonus offset credits."
        yield Line("Offset by bonus", _less(shown(statement.offset)), why, kind="less")
    yield Line(f"Credit for {statement.period}", shown(statement.total), kind="total")


def _settlement(evaluation: Evaluation, statement: CreditStatement) -> Iterator[Line]:
    lines: list[Line] = []
    for back in statement.earnbacks:
        title = f"Returned for {back.period}: {back.name}"
        amount = _less(money(statement, back.amount))
        lines.append(
            Line(title, amount, f"{back.explanation}.", kind="less", about=back.service_level)
        )
    if statement.bonus_due:
        why = f"{_bonuses(statement)} It is owed beside the credit and offsets no failure."
        amount = _less(money(statement, statement.bonus_due))
        lines.append(Line("Bonus due", amount, why, kind="less"))
    lines += [
        Line(
            f"Credit note {note.id}: correction of {note.corrects}",
            _signed(statement, note.amount),
            note.reason,
        )
        for note in evaluation.credit_notes
        if not note.why_not
    ]
    due = balance(evaluation)
    if lines:
        title = f"Balance in favour of the {_favoured(due)}"
        lines.append(Line(title, money(statement, abs(due)), kind="total"))
    yield from lines


def _step(statement: CreditStatement, step: CreditStep) -> Line:
    return Line(
        step.name,
        money(statement, step.charged),
        f"{step.explanation}.",
        step.clause,
        about=step.service_level,
        factors=factors(statement, step),
        product=money(statement, step.amount),
        struck=bool(step.instead),
    )


def factors(statement: CreditStatement, step: CreditStep) -> tuple[Factor, ...]:
    """What a step's amount is multiplied from, each factor with its name."""

    def percent(number: Decimal) -> str:
        return f"{amounts.plain(number)}{numbers.THIN}%"

    found = [Factor(money(statement, step.base), step.base_name)]
    if step.kind == "at_risk" and step.allocation is not None:
        if step.pool_percent is not None:
            found.append(Factor(percent(step.pool_percent), "pool"))
        found.append(Factor(percent(step.allocation), "allocation"))
    elif step.rate is not None:
        found.append(Factor(percent(step.rate), "rate"))
    if step.multiplier != 1:
        found.append(Factor(amounts.plain(step.multiplier), step.multiplier_reason or "multiplier"))
    return tuple(found)


def shortfall(step: CreditStep | PointStep) -> str:
    """By how much the limit was missed: 1.17 percentage points."""
    if step.shortfall is None:
        return ""
    shown = numbers.number(step.shortfall, min(2, _decimals(step.shortfall)), (0,))
    unit = "percentage points" if step.unit == "percent" else step.unit
    return f"{shown}\u00a0{unit}".rstrip("\u00a0")


def measured(step: CreditStep | PointStep) -> tuple[str, str]:
    """A step's value and limit for people."""
    if step.value is None or step.limit is None:
        return "", ""
    value = numbers.with_unit(step.value, step.unit, (step.limit,))
    return value, numbers.with_unit(step.limit, step.unit)


def of_level(evaluation: Evaluation, service_level: str) -> str:
    """The credit that a service level's failure is charged with; empty: none."""
    statement = evaluation.credits
    step = statement.step(service_level) if statement else None
    return money(statement, step.charged) if statement and step else ""


def by_period(evaluation: Evaluation) -> list[tuple[str, Outcome, CreditStatement | None]]:
    """Outcome and statement of every period, the newest first."""
    now = (evaluation.period.id, evaluation.outcome, evaluation.credits)
    before = [(each.period.id, each.outcome, each.credits) for each in evaluation.past]
    return [now, *reversed(before)]


def plain(number: Decimal) -> str:
    """A number without trailing zeros."""
    return amounts.plain(number)


def effect(evaluation: Evaluation) -> str:
    """What the excusals are worth in money; empty where it cannot be said."""
    now, without = evaluation.credits, evaluation.credits_without
    if now is None or without is None or not now.has_money:
        return ""
    if without.total == now.total:
        return f"The credit is {money(now, now.total)} with and without what was excused."
    difference = abs(without.total - now.total)
    word = "less" if without.total > now.total else "more"
    return (
        f"The credit is {money(now, now.total)}; had nothing been excused it would be "
        f"{money(now, without.total)}. The excusals make it {money(now, difference)} {word}."
    )


def worth(evaluation: Evaluation, amount: Decimal) -> str:
    """What one excusal does to the credit, the others standing."""
    statement = evaluation.credits
    if statement is None or not statement.has_money:
        return ""
    way = "lowers" if amount > 0 else "raises"
    return f"It {way} the credit by {money(statement, abs(amount))}."


def note_amount(evaluation: Evaluation, note: CreditNote) -> str:
    """A credit note's amount with its sign."""
    statement = evaluation.credits
    if statement is None or not statement.has_money:
        return amounts.plain(note.amount)
    return _signed(statement, note.amount)


def _bonuses(statement: CreditStatement) -> str:
    return " ".join(f"{bonus.explanation}." for bonus in statement.bonuses)


def _signed(statement: CreditStatement, amount: Decimal) -> str:
    return money(statement, amount) if amount < 0 else f"+{money(statement, amount)}"


def _less(shown: str) -> str:
    return numbers.MINUS + shown


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))
