"""What relief does to a verdict: excused items leave before it is judged, and never harm.

Each service level is judged twice, with and without its relief, and the better of the two stands:
the better outcome, and with equal outcomes the better value. So no entry makes a verdict worse.
A level that is met anyway stays met; one that an event takes out of the period as a whole, or that
has nothing left to measure, is excused. The failures of other parties that the contract names in
``relieved_by`` act like entries, by the records alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from quality.contract.ledger.entries import what
from quality.contract.ledger.ledger import Ruling
from quality.contract.sections.levels import ServiceLevel
from quality.model.relief import CreditNote, Effect, ReliefEvent, Waiver
from quality.model.verdict import WORST_FIRST, Measured, Period, RelievedBy, Verdict
from quality.money.history import PeriodVerdicts
from quality.verdicts.history import History
from quality.verdicts.request import NO_RELIEF, Relief, Request
from quality.verdicts.scorecard.notices import approved
from quality.verdicts.verdict import RepositoryState, verdict


@dataclass(frozen=True, slots=True)
class Relieved:
    """A service level in a period: the verdict as it stands (``bare`` where the relief does not
    help), the verdict without any relief, and what can move it."""

    level: ServiceLevel
    stands: Verdict
    bare: Verdict
    relief: Relief

    @property
    def taken(self) -> bool:
        """Whether the relief helps."""
        return self.stands is not self.bare

    @property
    def verdict(self) -> Verdict:
        """The verdict as it stands, the one without relief beside it where any acts."""
        acted = self.relief.entries or self.taken
        return replace(self.stands, without=self.bare) if acted else self.bare


def relieved(
    history: History, level: ServiceLevel, period: Period, states: Sequence[RepositoryState]
) -> Relieved:
    """Judge a service level in a period; ``states``: its repositories with nothing excused."""
    bare = _judged(history, level, period, states)
    relief = history.request.relief(level, period)
    stands = _better(history, level, period, relief, bare)
    if _moved(stands, bare):
        by = _relieved_by(history, level, period, relief, bare)
        reason = f"excused by {', '.join((*by.entries, *by.parties))}"
        told = reason if stands.outcome == "excused" else stands.reason
        stands = replace(stands, relieved_by=by, reason=told)
    return Relieved(level, stands, bare, relief)


def _relieved_by(
    history: History, level: ServiceLevel, period: Period, relief: Relief, bare: Verdict
) -> RelievedBy:
    """Which kinds of relief move a verdict alone; both where only both together do."""
    alone = [
        each for each in relief.kinds
        if _moved(_better(history, level, period, each, bare), bare)
    ]  # fmt: skip
    acting = alone or [relief]
    return RelievedBy(
        tuple(entry.id for each in acting for entry in each.entries),
        tuple(party for each in acting for party in each.parties),
    )


def _moved(stands: Verdict, bare: Verdict) -> bool:
    """Whether relief changes what a verdict says."""
    return (stands.outcome, stands.measured, stands.deciding) != (
        bare.outcome, bare.measured, bare.deciding
    )  # fmt: skip


def effects(history: History, judged: Relieved) -> dict[str, tuple[Effect, Verdict]]:
    """What each entry does to a service level in the judged period, by the entry's id, and the
    verdict as it were without it."""
    stands, found = judged.stands, {}
    for entry in judged.relief.entries:
        rest = judged.relief.without(entry)
        then = _better(history, judged.level, history.request.period, rest, judged.bare)
        effect = Effect(
            judged.level.id, stands.deciding, stands.outcome, then.deciding, then.outcome,
            judged.taken,
        )  # fmt: skip
        found[entry.id] = effect, then
    return found


def _better(
    history: History, level: ServiceLevel, period: Period, relief: Relief, bare: Verdict
) -> Verdict:
    """The verdict with ``relief``, or the bare one where that is better."""
    if not relief:
        return bare
    states = [] if level.indicator.of else history.states(period, relief.entries, level.party)
    eased = _judged(history, level, period, states, relief)
    if eased.outcome == "excused":
        taken_out = any(state.excused for state in states) or bool(level.indicator.of)
        if bare.outcome == "met" or (bare.outcome == "unknown" and not taken_out):
            return bare
        return eased
    idle = not relief.entries and eased.deciding == bare.deciding  # nobody else failed
    return bare if idle or _worse(eased, bare) else eased


def _judged(
    history: History,
    level: ServiceLevel,
    period: Period,
    states: Sequence[RepositoryState],
    relief: Relief = NO_RELIEF,
) -> Verdict:
    """Judge a service level by its repositories (``states``), or by the records that it counts less
    what ``relief`` takes out."""
    if level.indicator.of:
        return history.recorded.verdict(level, period, relief, history.code(level, period))
    return verdict(level, history.request.of(period), states)


def _worse(one: Verdict, other: Verdict) -> bool:
    """Whether ``one`` is worse than ``other`` of the same service level: by its outcome, and with
    equal outcomes by its value."""
    ranks = WORST_FIRST.index(one.outcome), WORST_FIRST.index(other.outcome)
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    values = _exact(one.deciding), _exact(other.deciding)
    if values[0] is None or values[1] is None or one.good == "none":
        return values[0] is None and values[1] is not None
    return values[0] < values[1] if one.good == "high" else values[0] > values[1]


def _exact(measured: Measured | None) -> Fraction | None:
    return measured.exact if measured else None


def without_relief(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The same service levels as if the ledger excused nothing, so that whatever follows from them
    (credits, the outcome of the whole) can be computed a second time."""
    return tuple(each if each.without is None else each.without for each in verdicts)


def without_entry(verdicts: Sequence[Verdict], undone: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts as they were without one entry: those that it moves are ``undone``."""
    then = {each.id: each for each in undone}
    return tuple(then.get(each.id, each) for each in verdicts)


def relief_event(
    claim: Ruling, effects: tuple[Effect, ...], amount: Decimal | None, now: PeriodVerdicts
) -> ReliefEvent:
    """What an entry is worth in the judged period; ``amount``: the money, None where there is
    none; ``now``: the period, some days of which it may excuse."""
    entry = claim.entry
    return ReliefEvent(
        id=entry.id,
        kind=entry.kind,
        cause=entry.cause,
        start=entry.start,
        end=entry.end,
        what=what(entry),
        reason=entry.reason,
        evidence=entry.evidence,
        raised_by=entry.raised_by,
        why_not=claim.why_not,
        effects=effects,
        amount=amount,
        approved_by=approved(entry),
        service_levels=now.notices.excused_levels(entry.id),
        days=now.notices.days_of(entry.id, now.period),
    )


def credit_notes(request: Request, period: Period) -> tuple[CreditNote, ...]:
    """The corrections that a period books, in the ledger's order, with the currency's decimals."""
    charges = next((each.charges for each in request.family.contracts if each.charges), None)
    unit = Decimal(1).scaleb(-charges.minor_digits) if charges else None
    return tuple(
        CreditNote(
            note.id, note.period, note.corrects,
            note.amount if unit is None else note.amount.quantize(unit), note.reason, note.evidence,
            request.ledger.unsigned(note, request.today), approved(note),
        )
        for note in request.ledger.notes
        if note.period == period.id
    )  # fmt: skip


def waivers(request: Request) -> tuple[Waiver, ...]:
    """What the parties waive for closing the judged period, in the ledger's order."""
    ledger, today = request.ledger, request.today
    return tuple(
        Waiver(each.id, each.waives, each.reason, ledger.unsigned(each, today), approved(each))
        for each in ledger.closings
        if each.period == request.period.id
    )
