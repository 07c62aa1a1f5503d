"""The credit statement line by line, as on an invoice and as it is computed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quality.model import amounts
from quality.model.evaluation import Evaluation
from quality.model.statement import CreditStatement, CreditStep
from reports.scorecard.words import settlement
from reports.scorecard.words.money import NOTHING, money, percent, priced, reduced_by


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


def lines(evaluation: Evaluation) -> tuple[Line, ...]:
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
        why = f"{settlement.bonuses(statement)} The contract lets a bonus offset credits."
        yield Line("Offset by bonus", shown(-statement.offset), why, kind="less")
    if cap := statement.framework:
        title = f"Above the cap of framework {cap.id}"
        yield Line(title, shown(-cap.lapsed), f"{cap.explanation}.", kind="less")
    for late in statement.carried:
        yield Line(f"Carried over from {late.period}", shown(late.amount), f"{late.explanation}.")
    yield Line(f"Credit for {statement.period}", shown(statement.total), kind="total")


def _settlement(evaluation: Evaluation, statement: CreditStatement) -> Iterator[Line]:
    booked = list(settlement.booked_lines(evaluation))
    for level, title, amount, why in booked:
        kind: Literal["", "less"] = "less" if amount < 0 else ""
        yield Line(title, money(statement, amount), why, kind=kind, about=level)
    if booked:
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


def _left(statement: CreditStatement, step: CreditStep) -> str:
    """What a step comes to after caps and offsets, where that is less."""
    if step.paid == step.charged:
        return ""
    return f" Of it {money(statement, step.paid)} is left after {reduced_by(statement)}."
