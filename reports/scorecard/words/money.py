"""What follows from a period in money, in words, before any format.

Amounts are written as the statement's own explanations write them: EUR 14,400.00.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quality.model import amounts
from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.relief import CreditNote
from quality.model.statement import CreditStatement
from quality.model.terms import ConsequenceKind
from reports.scorecard.words import settlement
from reports.shared import numbers

KINDS: dict[ConsequenceKind, str] = {
    "chronic_failure": "Chronic failure",
    "rectification_plan": "Rectification plan",
    "step_in": "Step-in",
    "termination": "Right of termination",
    "notice": "Notice",
}
NOTHING = Decimal(0)


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


def at_most(statement: CreditStatement) -> str:
    """The most that the period can come to, and by which cap where it is not its own."""
    caps = [(statement.cap, "")]
    if annual := statement.annual:
        caps.append((annual.left, f" (cap of contract year {annual.year})"))
    if shared := statement.framework:
        caps.append((shared.left, f" (cap of framework {shared.id})"))
    amount, whose = min(caps, key=lambda each: each[0])
    return f"{amounts.text(amount, statement.currency)}{whose}"


def taken_off(statement: CreditStatement) -> Iterator[tuple[str, Decimal, str]]:
    """What caps and bonus take off the sum of the credits, in their order: name, amount, why."""
    yield from (each for each in _taken_off(statement) if each[1])


def _taken_off(statement: CreditStatement) -> Iterator[tuple[str, Decimal, str]]:
    yield "Lapsed above the period's cap", statement.lapsed, ""
    if annual := statement.annual:
        yield "Lapsed above the year's cap", annual.lapsed, annual.explanation
    yield "Bonus that is offset", statement.offset, ""
    if cap := statement.framework:
        yield f"Lapsed above the cap of framework {cap.id}", cap.lapsed, cap.explanation


def shared(statement: CreditStatement) -> str:
    """How the cap of its framework bore on a period; empty: it did not."""
    cap = statement.framework
    return cap.explanation if cap and (cap.lapsed or cap.uncertain) else ""


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


@dataclass(frozen=True, slots=True)
class Owed:
    """Who owes whom how much, and what makes it up: (service level, amount) after all caps; empty
    where more than that does. ``disputed``: what of it the supplier disputes, "": nothing."""

    debtor: str
    creditor: str
    verb: str
    amount: str
    parts: tuple[tuple[str, str], ...]
    disputed: str


def owed(evaluation: Evaluation) -> Owed | None:
    """What a period comes to between the parties; None: nothing, or nobody knows."""
    statement = priced(evaluation)
    due = settlement.balance(evaluation) if statement else NOTHING
    if statement is None or not due:
        return None
    sides = evaluation.supplier, evaluation.customer
    debtor, creditor = sides if due > 0 else reversed(sides)
    steps = [step for step in statement.steps if step.paid]
    alone = sum((step.paid for step in steps), NOTHING) == due
    parts = tuple((each.service_level or each.name, money(statement, each.paid)) for each in steps)
    disputed = settlement.in_dispute(evaluation)
    verb = "would owe" if statement.provisional else "owes"
    return Owed(
        debtor, creditor, verb, money(statement, abs(due)), parts if alone else (),
        money(statement, disputed) if disputed else "",
    )  # fmt: skip


def _levels(statement: CreditStatement) -> str:
    number = len(statement.unknown)
    return "a service level" if number == 1 else f"{number} service levels"


def percent(number: Decimal) -> str:
    """A percentage of the contract's terms: 8.5 %."""
    return f"{amounts.plain(number)}{numbers.THIN}%"


def reduced_by(statement: CreditStatement) -> str:
    """What leaves less of a credit than was charged."""
    annual = statement.annual.lapsed if statement.annual else NOTHING
    reasons = {"the period's cap": statement.lapsed, "the year's cap": annual}
    reasons["the bonus"] = statement.offset
    if shared := statement.framework:
        reasons[f"the cap of framework {shared.id}"] = shared.lapsed
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
            yield f"{whose}: {left} of {own} is left after {reduced_by(statement)}"


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
