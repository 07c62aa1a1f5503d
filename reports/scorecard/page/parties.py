"""Several parties on one page: what each answers for, and in whose hands the tickets were."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence, Holding
from quality.model.verdict import Verdict
from reports.scorecard.page.timeline import hours
from reports.scorecard.words import view
from reports.shared import numbers

END_TO_END, ALL = "From end to end", "All together"
NOBODY = "Nobody"
PLAIN = ("source",)  # what a service level may choose and still tell of all tickets


@dataclass(frozen=True, slots=True)
class Hands:
    """What a party had in its hands, in words; ``share``: of all hours."""

    tickets: str
    handed: str
    ran: str
    share: str
    waited: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party with the verdicts that it answers for; ``hands`` None: nobody knows what it had;
    ``queues``: those that are nobody's."""

    name: str
    verdicts: tuple[Verdict, ...]
    hands: Hands | None
    queues: tuple[str, ...] = ()


MOST = 10  # clocks that the page lists


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A ticket that is taken out: whose delay, and its hours, in words."""

    id: str
    title: str
    party: str
    late: str
    ran: str
    target: str
    rest: str


def taken_out(evidence: Evidence | None) -> tuple[TakenOut, ...]:
    """The tickets that another party's delay takes out, the longest delay first."""
    told = evidence.relieved if evidence else ()
    return tuple(
        TakenOut(
            each.id, each.title, each.party, hours(each.seconds), hours(each.elapsed),
            hours(each.target), hours(each.elapsed - each.seconds),
        )
        for each in told[:MOST]
    )  # fmt: skip


def of(verdict: Verdict) -> str:
    """The party whose part a service level judges; "": all, or there are none."""
    return str(dict(verdict.parameters).get("party", ""))


def parties(evaluation: Evaluation) -> tuple[Party, ...]:
    """Whoever answers for a part, after what is judged from end to end, and nobody last; empty
    where the contract divides nothing."""
    ordered = [each for each in view.ordered(evaluation) if not each.reported]
    held = {each.party: each for each in _held(evaluation)}
    judged = filter(None, map(of, evaluation.service_levels))
    names = list(dict.fromkeys([*judged, *filter(None, held)]))
    if not names:
        return ()
    whole = sum(each.ran for each in held.values())
    divided = {each.indicator.partition(".")[0] for each in ordered if of(each)}
    found = [
        Party(name, tuple(each for each in ordered if of(each) == name), _hands(held, name, whole))
        for name in names
    ]
    together = tuple(
        each for each in ordered
        if not of(each) and (each.indicator.partition(".")[0] in divided or not divided)
    )  # fmt: skip
    lost = held.get("")
    return (
        *([Party(END_TO_END if "tickets" in divided else ALL, together, None)] if together else []),
        *found,
        *([Party(NOBODY, (), _hands(held, "", whole), lost.queues)] if lost else []),
    )


def _held(evaluation: Evaluation) -> tuple[Holding, ...]:
    """In whose hands the tickets were, by the service level that chooses the fewest of them out."""
    told = {each.service_level: each.held for each in evaluation.scorecard.evidence if each.held}
    chosen = {
        verdict.id: sum(name not in PLAIN for name, _ in verdict.parameters)
        for verdict in evaluation.service_levels
        if verdict.id in told
    }
    return told[min(chosen, key=chosen.__getitem__)] if chosen else ()


def _hands(held: dict[str, Holding], name: str, whole: int) -> Hands | None:
    found = held.get(name)
    if found is None:
        return None
    share = Fraction(100 * found.ran, whole) if whole else Fraction(0)
    return Hands(
        numbers.count(found.tickets),
        numbers.count(found.handed),
        hours(found.ran),
        numbers.with_unit(share, "percent", ()),
        hours(found.waited),
    )
