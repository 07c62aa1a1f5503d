"""What follows from a period in money, in words and lines, before any format.

Amounts are written as the statement's own explanations write them: EUR 14,400.00.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quality.model import amounts
from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.relief import CreditNote
from quality.model.statement import CreditStatement, CreditStep
from quality.model.terms import ConsequenceKind
from reports.scorecard import settlement
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
class Line:
    """A line of the statement, as on an invoice: a plain amount, one that is taken off (``less``),
    or a ``sum``. ``factors``, each with its name, multiply to ``product`` ("": the amount);
    ``about`` is the service level it is for; ``struck``: another one of the same event is charged
    instead."""

    title: str
    amount: str
    why: str = ""
    clause: str = ""
    kind: Literal["", "less", "sum", "total"] = ""
    about: str = ""
    factors: tuple[tuple[str, str], ...] = ()
    product: str = ""
    struck: bool = False


def priced(at: Evaluation | PastPeriod) -> CreditStatement | None:
    """The period's statement; None: the contract states no money."""
    return at.credits if at.credits and at.credits.has_money else None


def money(statement: CreditStatement, amount: Decimal) -> str:
    """An amount of the statement, never broken between two lines: EUR 14,400.00."""
    sign = numbers.MINUS if amount < 0 else ""
    shown = abs(amount).quantize(Decimal(1).scaleb(-statement.minor_digits))
    return sign + amounts.text(shown, statement.currency).replace(" ", "\u00a0")


def claimed(statement: CreditStatement) -> str:
    """The credit that is claimed; where nothing was computed, because nothing could be judged, it
    is not known rather than nothing."""
    if statement.unknown and not statement.total:
        return "not known"
    return money(statement, statement.total)


def lapsed(statement: CreditStatement) -> Decimal:
    """All that no cap left room for: the period's and the year's."""
    return statement.lapsed + (statement.annual.lapsed if statement.annual else NOTHING)


def headline(evaluation: Evaluation) -> str:
    """What the period costs, in one sentence."""
    statement = priced(evaluation)
    if statement is None:
        return ""
    period = statement.period + (" to date" if statement.provisional else "")
    due = settlement.balance(evaluation)
    if statement.total == due == 0 and statement.unknown:
        return f"Credit for {period} not known: {_levels(statement)} could not be judged"
    if statement.total == due == 0:
        return f"No credit for {period}"
    if statement.total == due:
        whole = ", all that is at risk" if statement.total == statement.cap else ""
        return f"{money(statement, due)} credited for {period}{whole}"
    return (
        f"{money(statement, statement.total)} credited for {period}; a balance of "
        f"{money(statement, abs(due))} in favour of the {settlement.favoured(due)}"
    )


def _levels(statement: CreditStatement) -> str:
    number = len(statement.unknown)
    return "a service level" if number == 1 else f"{number} service levels"


def bill(evaluation: Evaluation) -> tuple[Line, ...]:
    """The statement line by line, in the order in which it is computed by hand."""
    statement = priced(evaluation)
    return (*_claim(statement), *_settlement(evaluation, statement)) if statement else ()


def _claim(statement: CreditStatement) -> Iterator[Line]:
    def shown(amount: Decimal) -> str:
        return money(statement, amount)

    yield Line("Charges", shown(statement.charges), statement.charges_explanation)
    yield Line(
        "At risk",
        shown(statement.at_risk_amount),
        "The most that credits can reach in this period.",
        factors=(
            (shown(statement.charges), "charges"),
            (percent(statement.at_risk_percent), "at risk"),
        ),
    )
    for step in statement.steps:
        yield Line(
            step.name,
            shown(step.charged),
            f"{step.explanation}.{_left(statement, step)}",
            step.clause,
            about=step.service_level,
            factors=tuple(_factors(statement, step)),
            product=shown(step.amount),
            struck=bool(step.instead),
        )
    for each in statement.eased:
        yield Line(each.name, shown(NOTHING), f"{each.explanation}.", about=each.service_level)
    if len(statement.steps) != 1:
        yield Line("Sum of the credits", shown(statement.uncapped), kind="sum")
    if statement.lapsed:
        why = f"Credits stop at the at-risk amount of {shown(statement.cap)}; what is above lapses."
        yield Line("Above the period's cap", shown(-statement.lapsed), why, kind="less")
    if annual := statement.annual:
        title = f"Above the cap of contract year {annual.year}"
        yield Line(title, shown(-annual.lapsed), f"{annual.explanation}.", kind="less")
    if statement.offset:
        why = f"{_bonuses(statement)} The contract lets a bonus offset credits."
        yield Line("Offset by bonus", shown(-statement.offset), why, kind="less")
    for late in statement.carried:
        yield Line(f"Carried over from {late.period}", shown(late.amount), f"{late.explanation}.")
    yield Line(f"Credit for {statement.period}", shown(statement.total), kind="total")


def _settlement(evaluation: Evaluation, statement: CreditStatement) -> Iterator[Line]:
    for back in statement.earnbacks:
        title = f"Returned for {back.period}: {back.name}"
        amount = numbers.MINUS + money(statement, back.amount)
        yield Line(title, amount, f"{back.explanation}.", kind="less", about=back.service_level)
    if statement.bonus_due:
        why = f"{_bonuses(statement)} It is owed beside the credit and offsets no failure."
        yield Line("Bonus due", money(statement, -statement.bonus_due), why, kind="less")
    for dispute in evaluation.disputes:
        if dispute.agreed is not None:
            change, why = dispute.adjustment, settlement.disputed(statement, dispute)
            kind: Literal["", "less"] = "less" if change < 0 else ""
            yield Line(f"Dispute {dispute.id}, settled", money(statement, change), why, kind=kind)
    for note in evaluation.notes:
        title = f"Credit note {note.id}: correction of {note.corrects}"
        yield Line(title, note_amount(evaluation, note), note.reason)
    if (
        statement.earnbacks
        or statement.bonus_due
        or evaluation.notes
        or settlement.settled(evaluation)
    ):
        due = settlement.balance(evaluation)
        title = f"Balance in favour of the {settlement.favoured(due)}"
        yield Line(title, money(statement, abs(due)), kind="total")
    if settlement.in_dispute(evaluation):
        due = settlement.undisputed(evaluation)
        why = f"{money(statement, settlement.in_dispute(evaluation))} of the balance is in dispute."
        title = f"Undisputed and payable, to the {settlement.favoured(due)}"
        yield Line(title, money(statement, abs(due)), why, kind="sum")


def _factors(statement: CreditStatement, step: CreditStep) -> Iterator[tuple[str, str]]:
    """What a step's amount is multiplied from, each factor with its name."""
    yield money(statement, step.base), step.base_name
    if step.kind == "at_risk" and step.allocation is not None:
        if step.pool_percent is not None:
            yield percent(step.pool_percent), "pool"
        yield percent(step.allocation), "allocation"
    elif step.rate is not None:
        yield percent(step.rate), "rate"
    if step.part is not None:
        yield percent(step.part), "part"
    if step.excused_days:
        left = step.days - step.excused_days
        yield f"{left} / {step.days}", f"days, {step.excused_days} excused"
    if step.multiplier != 1:
        yield amounts.plain(step.multiplier), step.multiplier_reason or "multiplier"


def percent(number: Decimal) -> str:
    """A percentage of the contract's terms: 8.5 %."""
    return f"{amounts.plain(number)}{numbers.THIN}%"


def _left(statement: CreditStatement, step: CreditStep) -> str:
    """What a step comes to after caps and offsets, where that is less."""
    if step.paid == step.charged:
        return ""
    return f" Of it {money(statement, step.paid)} is left after {_reduced_by(statement)}."


def _reduced_by(statement: CreditStatement) -> str:
    annual = statement.annual.lapsed if statement.annual else NOTHING
    reasons = {"the period's cap": statement.lapsed, "the year's cap": annual}
    reasons["the bonus"] = statement.offset
    return " and ".join(name for name, amount in reasons.items() if amount)


def of_level(evaluation: Evaluation, service_level: str) -> str:
    """What a service level's failure costs after all caps; empty: nothing was computed for it."""
    statement = evaluation.credits
    step = statement.step(service_level) if statement else None
    return money(statement, step.paid) if statement and step else ""


def instead_of(evaluation: Evaluation, service_level: str) -> str:
    """Why a service level's failure costs less than its own line says; empty: it does not."""
    statement = evaluation.credits
    step = statement.step(service_level) if statement else None
    if statement is None or step is None:
        return ""
    if step.instead:
        return f"charged as {step.instead}"
    if step.amount and not step.charged:
        return "not claimed in time"
    if step.paid != step.charged:
        return f"of {money(statement, step.charged)} before caps"
    return "milder than what costs" if not step.amount else ""


def reductions(statement: CreditStatement) -> Iterator[str]:
    """A line for each failed service level that costs less than its own line says."""
    for step in statement.steps:
        if step.instead:
            yield f"{step.service_level}: charged as {step.instead}, the same event {step.event}"
        elif step.amount and not step.charged:
            lost = amounts.text(step.amount, statement.currency)
            yield f"{step.service_level or step.name}: {lost} lapsed, for nobody claimed it in time"
        elif step.paid != step.charged:
            own, left = (amounts.text(each, statement.currency)
                         for each in (step.charged, step.paid))  # fmt: skip
            whose = step.service_level or step.name.lower()
            yield f"{whose}: {left} of {own} is left after {_reduced_by(statement)}"


def beside(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """What stands beside the credit and decides who pays whom: bonus, credit notes, balance."""
    statement = priced(evaluation)
    if statement is None:
        return
    if statement.bonus_due:
        yield "Bonus due to the supplier", money(statement, statement.bonus_due)
    if evaluation.notes:
        amount = settlement.booked(evaluation)
        yield f"Credit notes, to the {settlement.favoured(amount)}", money(statement, abs(amount))
    if (due := settlement.balance(evaluation)) != statement.total:
        yield f"Balance, to the {settlement.favoured(due)}", money(statement, abs(due))
    if disputed := settlement.in_dispute(evaluation):
        due = settlement.undisputed(evaluation)
        yield "In dispute", money(statement, disputed)
        yield f"Undisputed, to the {settlement.favoured(due)}", money(statement, abs(due))


def noted(evaluation: Evaluation, note: CreditNote) -> str:
    """A credit note with its currency and its direction: credit note of EUR 1,200.00 in favour of
    the supplier."""
    statement = priced(evaluation)
    amount = abs(note.amount)
    shown = amounts.text(amount, statement.currency) if statement else amounts.plain(amount)
    return f"credit note of {shown} in favour of the {settlement.favoured(note.amount)}"


def effect(evaluation: Evaluation) -> str:
    """What the excusals are worth in money; empty where it cannot be said."""
    now, without = priced(evaluation), evaluation.credits_without
    if now is None or without is None:
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
    statement = priced(evaluation)
    if statement is None:
        return ""
    way = "lowers" if amount > 0 else "raises"
    return f"It {way} the credit by {money(statement, abs(amount))}."


def note_amount(evaluation: Evaluation, note: CreditNote) -> str:
    """A credit note's amount with its sign."""
    statement = priced(evaluation)
    if statement is None:
        return amounts.plain(note.amount)
    return ("" if note.amount < 0 else "+") + money(statement, note.amount)


def _bonuses(statement: CreditStatement) -> str:
    return " ".join(f"{bonus.explanation}." for bonus in statement.bonuses)
