"""Where a period stands between the parties, what is due in it, and what was excused, in words."""

from dataclasses import dataclass
from datetime import date

from quality.model.closing import Acknowledgement
from quality.model.evaluation import Evaluation
from quality.model.relief import (
    CreditNote,
    Dispute,
    Effect,
    NoticeRecord,
    ReliefEvent,
    Waiver,
)
from quality.model.statement import Consequence
from quality.model.verdict import Measured, Outcome, RelievedBy, Verdict
from reports.scorecard.words import money
from reports.scorecard.words.levels import WORDS
from reports.scorecard.words.view import day
from reports.shared import numbers

CAUSES = {
    "customer": "caused by the customer",
    "third_party": "caused by a third party",
    "force_majeure": "force majeure",
    "maintenance": "agreed maintenance",
}


@dataclass(frozen=True, slots=True)
class State:
    """The state of a period: a word for it, and a sentence that says what it means."""

    word: str
    sentence: str


def has_terms(evaluation: Evaluation) -> bool:
    """Whether there is anything to report beyond service levels: terms, a ledger, a frozen record
    or an amendment."""
    each = evaluation
    told = (each.credits, each.excusals, each.credit_notes, each.waivers, each.frozen)
    return any((*told, each.disputes, each.notices, each.amendment, each.acknowledgements))


def standing(evaluation: Evaluation) -> State | None:
    """The state of the period; None: nobody asked for one."""
    until = evaluation.disputed_until
    if evaluation.state == "closed":
        word, by = "Closed", ""
        if record := evaluation.frozen:
            word = f"Closed on {day(record.closed_at.date())}"
            by = f" by {record.closed_by}" + ", as both parties agreed" * record.agreed
        return State(
            word,
            f"{word}{by}. Later changes of code, data, contract or ledger change "
            "nothing of it; corrections are credit notes in a later period.",
        )
    raised = [each.id for each in evaluation.disputes if each.state == "open"]
    if raised and evaluation.state.startswith("dispute_window"):
        return State(
            "In dispute",
            f"Disputed by {', '.join(raised)}. It can be closed once every dispute is settled by "
            "both parties, or has lapsed.",
        )
    if evaluation.state == "dispute_window_open" and until is not None:
        return State(
            f"May be disputed until {day(until)}",
            f"Either party may dispute the period until {day(until)}. It can be closed after that "
            "day, or earlier if both parties agree.",
        )
    if evaluation.state == "provisional":
        return State("Provisional", "The period has not ended: every amount may still change.")
    if evaluation.state == "dispute_window_closed":
        return State("Dispute window closed", "The period can be closed: nobody has closed it yet.")
    return None


def due(evaluation: Evaluation) -> tuple[Consequence, ...]:
    """What is due, that with a day first, the earliest first."""
    found = evaluation.credits.consequences if evaluation.credits else ()
    return tuple(sorted(found, key=lambda each: each.due or date.max))


def due_line(consequence: Consequence, evaluation: Evaluation) -> str:
    """A consequence in a few words: Rectification plan due on 14 October 2026. That it was done is
    known to the parties alone."""
    by = f" due on {day(consequence.due)}" if consequence.due else ""
    return f"{money.KINDS[consequence.kind]}{by}{overdue(consequence, evaluation)}"


def overdue(consequence: Consequence, evaluation: Evaluation) -> str:
    """What is said of a day that has passed; empty: it has not, or there is none."""
    today = evaluation.as_of
    late = today and consequence.due and consequence.due < today
    return ", overdue unless it was done" if late else ""


def counted(evaluation: Evaluation) -> tuple[ReliefEvent, ...]:
    """The excusals that count."""
    return tuple(each for each in evaluation.excusals if each.counts)


def excused_line(evaluation: Evaluation) -> str:
    """How many entries of the ledger count, and what they are worth."""
    entries, used = len(evaluation.excusals), len(counted(evaluation))
    if not entries:
        return ""
    noun = "entry" if entries == 1 else "entries"
    verb = "counts" if used == 1 else "count"
    worth = money.effect(evaluation)
    return f"{used} of {entries} {noun} of the ledger {verb}.{' ' if worth else ''}{worth}"


def approved(entry: ReliefEvent | CreditNote | Waiver | Dispute | NoticeRecord) -> str:
    """Who approved an entry, for whom and when; empty: nobody."""
    said = (f"{each.name} for the {each.party} on {day(each.on)}" for each in entry.approved_by)
    return " and ".join(said)


def signed(acknowledgement: Acknowledgement) -> str:
    """Which key signed evidence of the period, and whether it is what stands."""
    came = day(acknowledgement.received_at.date())
    what = "this result" if acknowledgement.stands else "another result than this one"
    by = f"the {acknowledgement.party} with" if acknowledgement.party else ""
    signer = f"{by} key {acknowledgement.key}".strip()
    return f"Evidence of {what} is signed by {signer} (received on {came})"


def waived(waiver: Waiver) -> str:
    """What the parties waive for closing a period."""
    what = {"dispute_window": "the dispute window", "measurement": "what is not measured"}
    return " and ".join(what.get(each, each) for each in waiver.waives)


def span(excusal: ReliefEvent) -> str:
    """The days of an entry."""
    end = day(excusal.end)
    return f"{day(excusal.start)} to {end}" if excusal.start else f"until {end}"


def kind(excusal: ReliefEvent) -> str:
    """What sort of entry it is, and what caused it."""
    if excusal.kind == "accepted_debt":
        return "Accepted debt"
    cause = CAUSES.get(excusal.cause, excusal.cause)
    return f"Excused event, {cause}" if cause else "Excused event"


def days(excusal: ReliefEvent) -> str:
    """What an event excuses that covers some days of a period: 10 days, of TQ-1."""
    noun = "day" if excusal.days == 1 else "days"
    levels = ", ".join(excusal.service_levels)
    return f"{excusal.days} {noun} of the period, and their share of the credits of {levels}"


def sides(evaluation: Evaluation, effect: Effect) -> tuple[str, str]:
    """What an entry does to a service level: the value with it and without it."""
    verdict = next((v for v in evaluation.service_levels if v.id == effect.service_level), None)
    return (
        _side(verdict, effect.measured, effect.outcome),
        _side(verdict, effect.measured_without, effect.outcome_without),
    )


def without(verdict: Verdict) -> str:
    """The verdict as it were without its relief."""
    other = verdict.without or verdict
    by = f"relief by {relievers(verdict.relieved_by)}" if verdict.relieved_by else "relief"
    return f"Without {by}: {_side(other, other.deciding, other.outcome)}"


def relievers(by: RelievedBy) -> str:
    """By what a verdict is relieved: E-1, E-2 and the failure of network."""
    failed = [f"the failure of {' or '.join(by.parties)}"] if by.parties else []
    return " and ".join([*filter(None, [", ".join(by.entries)]), *failed])


def _side(verdict: Verdict | None, measured: Measured | None, outcome: Outcome) -> str:
    value = f"{numbers.judged(verdict, measured)}, " if measured and verdict else ""
    return value + WORDS[outcome].lower()
