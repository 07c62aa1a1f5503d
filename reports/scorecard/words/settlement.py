"""What a period comes to between the parties, and what they told each other about it, in words."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from quality.model import amounts
from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.relief import Dispute, NoticeRecord
from quality.model.statement import CreditStatement
from reports.scorecard.words.view import day
from reports.shared import numbers

NOTHING = Decimal(0)


def booked(at: Evaluation | PastPeriod) -> Decimal:
    """The credit notes that count."""
    return sum((each.amount for each in at.notes), NOTHING)


def settled(at: Evaluation | PastPeriod) -> Decimal:
    """By how much settlements of disputes change what goes to the customer."""
    return sum((each.adjustment for each in at.disputes), NOTHING)


def balance(at: Evaluation | PastPeriod) -> Decimal:
    """What the period comes to: net credit, settlements and credit notes less bonus; below 0 it
    goes to the supplier."""
    statement = at.credits
    if statement is None:
        return booked(at)
    return statement.net - statement.bonus_due + settled(at) + booked(at)


def in_dispute(at: Evaluation | PastPeriod) -> Decimal:
    """What of the balance the supplier disputes, and nobody has settled."""
    found = (each for each in at.disputes if each.state == "open" and each.raised_by == "supplier")
    return sum((each.amount for each in found), NOTHING)


def undisputed(at: Evaluation | PastPeriod) -> Decimal:
    """What of the balance nobody disputes, and so is payable."""
    return balance(at) - in_dispute(at)


def booked_lines(at: Evaluation | PastPeriod) -> Iterator[tuple[str, str, Decimal, str]]:
    """What the balance is made of beside the credit, line by line: the service level ("": none), a
    title, what goes to the customer by it (below 0: to the supplier), and why."""
    statement = at.credits
    for back in statement.earnbacks if statement else ():
        title = f"Returned for {back.period}: {back.name}"
        yield back.service_level, title, -back.amount, f"{back.explanation}."
    if statement and statement.bonus_due:
        why = f"{bonuses(statement)} It is owed beside the credit and offsets no failure."
        yield "", "Bonus due", -statement.bonus_due, why
    for each in at.disputes:
        if each.agreed is not None:
            why = disputed(statement, each)
            yield "", f"Dispute {each.id}, settled", each.adjustment, why
    for note in at.notes:
        title = f"Credit note {note.id}: correction of {note.corrects}"
        yield "", title, note.amount, note.reason


def bonuses(statement: CreditStatement) -> str:
    """Which bonuses were earned, in sentences."""
    return " ".join(f"{each.explanation}." for each in statement.bonuses)


def favoured(balance_: Decimal) -> str:
    """Who gets a balance; a credit note below 0 goes to the supplier."""
    return "customer" if balance_ >= 0 else "supplier"


def to_claim(evaluation: Evaluation) -> date | None:
    """The last day on which the customer can claim the period's credits; None: he need not, it has
    passed, or the period is closed."""
    if evaluation.state == "closed":
        return None
    until, today, bill = evaluation.claim_until, evaluation.as_of, evaluation.credits
    open_ = until is not None and (today is None or today <= until)
    return until if open_ and bill and bill.total else None


def disputed(statement: CreditStatement | None, dispute: Dispute) -> str:
    """A dispute and what has become of it, in sentences."""
    currency = statement.currency if statement else ""
    amount = amounts.text(dispute.amount, currency).strip()
    about = ", ".join(dispute.service_levels) or "all credits"
    when = f" on {day(dispute.on)}" if dispute.on else ""
    what = "more is claimed" if dispute.raised_by == "customer" else "of the credit is disputed"
    return (
        f"Raised by the {dispute.raised_by}{when} about {about}: {amount} {what}. "
        f"{_state(dispute, currency)}"
    )


def _state(dispute: Dispute, currency: str) -> str:
    if dispute.state == "settled" and dispute.agreed is not None:
        agreed = amounts.text(dispute.agreed, currency).strip()
        return f"Settled by {dispute.settled_by}: {agreed} of it is owed to the customer."
    if dispute.state == "lapsed" and dispute.lapses:
        return f"Lapsed after {day(dispute.lapses)}, for nobody settled it: the statement stands."
    if dispute.state == "open":
        until = f", or it lapses after {day(dispute.lapses)}" if dispute.lapses else ""
        return f"Open: to be settled by both parties{until}."
    return f"Does not count: {dispute.why_not}."


def told(notice: NoticeRecord) -> str:
    """What a notice says, in a few words."""
    levels = ", ".join(notice.service_levels) or "all"
    if notice.kind == "claim":
        return f"The customer claims the credits of {levels}"
    if notice.kind == "choice":
        return f"The customer chooses {levels} to be credited, of those that one event failed"
    if notice.kind == "incident":
        span = f"{notice.start} to {notice.end}"
        return f"One incident, as both parties declare ({span}): {levels}"
    shares = (f"{name} {amounts.plain(share)}{numbers.THIN}%" for name, share in notice.allocations)
    return f"The customer sets allocations from {notice.start} on: {', '.join(shares)}"
