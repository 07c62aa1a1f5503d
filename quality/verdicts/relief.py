"""What the ledger does to a verdict: excused items leave before it is judged, and never harm.

Each service level is judged twice, with and without its excusals, and the better of the two
stands: the better outcome, and with equal outcomes the better value. So no excusal makes a verdict
worse. A level that is met anyway stays met; one that an event takes out of the period as a whole,
or that has nothing left to measure, is excused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from quality.contract.contract import Contract
from quality.contract.entries import Entry, what
from quality.contract.ledger import Standing, standings
from quality.contract.levels import ServiceLevel
from quality.model.relief import CreditNote, Effect, Excusal
from quality.model.verdict import Measured, Period, TrendPoint, Verdict
from quality.store.counting import Content, MetricQuery
from quality.verdicts.history import History
from quality.verdicts.verdict import (
    MEASURED_SHARE,
    WORST_FIRST,
    RepositoryState,
    query_of,
    value,
    verdict,
)


@dataclass(slots=True)
class Excuser:
    """The excusals of one contract over its periods."""

    history: History
    _standings: dict[str, tuple[Standing, ...]] = field(default_factory=dict)
    _bare_states: dict[str, list[RepositoryState]] = field(default_factory=dict)

    def standings(self, period: Period) -> tuple[Standing, ...]:
        """The entries that concern a period."""
        if period.id not in self._standings:
            request = self.history.request
            self._standings[period.id] = standings(
                request.ledger, request.of(period), period, request.today
            )
        return self._standings[period.id]

    def acting(self, level: ServiceLevel, period: Period) -> tuple[Entry, ...]:
        """The entries that count and can move a service level in a period."""
        entries = (each.entry for each in self.standings(period) if not each.why_not)
        return tuple(entry for entry in entries if entry.acts_on(level))

    # ------------------------------------------------------------ what must be counted

    def queries(self) -> Iterator[tuple[Content, tuple[MetricQuery, ...]]]:
        """The contents that are less than a whole snapshot, and what is asked of each."""
        for period in self.history.request.periods:
            contract = self.history.request.of(period)
            for level in contract.service_levels:
                for acts in self._subsets(level, period):
                    for repository in contract.repositories:
                        content = self.history.content(period, repository.name, acts)
                        if content and content.excused:
                            yield content, (MEASURED_SHARE, query_of(level))

    def _subsets(self, level: ServiceLevel, period: Period) -> list[tuple[Entry, ...]]:
        """All that acts; in the judged period also all but one, to tell what each one does."""
        acts = self.acting(level, period)
        subsets = [acts]
        if period == self.history.request.period:
            subsets += [tuple(other for other in acts if other != entry) for entry in acts]
        return [subset for subset in subsets if subset]

    # ------------------------------------------------------------ verdicts

    def verdict(self, level: ServiceLevel, period: Period) -> tuple[Verdict, dict[str, Effect]]:
        """The verdict as it stands, and what each acting entry does to it, by the entry's id."""
        acts = self.acting(level, period)
        bare = self._bare(level, period)
        stands = self._stands(level, period, acts, bare)
        if not acts:
            return stands, {}
        effects = {}
        for entry in acts:
            rest = tuple(other for other in acts if other != entry)
            then = self._stands(level, period, rest, bare)
            effects[entry.id] = Effect(
                level.id, stands.measured, stands.outcome, then.measured, then.outcome,
                stands is not bare,
            )  # fmt: skip
        return replace(stands, without=bare), effects

    def value(self, level: ServiceLevel, period: Period) -> float | None:
        """A service level's value as it stood in a period, for trends; None: unknown, or it was
        another indicator's."""
        if frozen := self.history.request.closed.get(period.id):
            then = (v for v in frozen.service_levels if v.id == level.id)
            same = next((v.measured for v in then if v.indicator == level.indicator.id), None)
            return same.value if same else None
        contract = self.history.request.of(period)
        before = next((each for each in contract.service_levels if each.id == level.id), None)
        if before is None or before.indicator != level.indicator:
            return None
        acts = self.acting(before, period)
        if not acts:
            return value(before, contract, self._states(period))
        measured = self._stands(before, period, acts, self._bare(before, period)).measured
        return None if measured is None else measured.value

    def trend(self, level: ServiceLevel) -> tuple[TrendPoint, ...]:
        """The values of the periods before the judged one."""
        before = self.history.request.periods[:-1]
        return tuple(TrendPoint(period.id, self.value(level, period)) for period in before)

    def _bare(self, level: ServiceLevel, period: Period) -> Verdict:
        return verdict(level, self._contract(period), self._states(period))

    def _states(self, period: Period) -> list[RepositoryState]:
        """The period's repositories with nothing excused, which every service level asks for."""
        if period.id not in self._bare_states:
            self._bare_states[period.id] = self.history.states(period)
        return self._bare_states[period.id]

    def _contract(self, period: Period) -> Contract:
        return self.history.request.of(period)

    def _stands(
        self, level: ServiceLevel, period: Period, acts: Sequence[Entry], bare: Verdict
    ) -> Verdict:
        """The verdict with ``acts`` excused, or the bare one where that is better."""
        if not acts:
            return bare
        states = self.history.states(period, acts)
        eased = verdict(level, self._contract(period), states)
        taken_out = any(state.excused for state in states)
        if eased.outcome == "excused":
            if bare.outcome == "met" or (bare.outcome == "unknown" and not taken_out):
                return bare
            return replace(eased, reason=f"excused by {', '.join(entry.id for entry in acts)}")
        return bare if worse(eased, bare) else eased


def worse(one: Verdict, other: Verdict) -> bool:
    """Whether ``one`` is worse than ``other`` of the same service level: by its outcome, and with
    equal outcomes by its value."""
    ranks = WORST_FIRST.index(one.outcome), WORST_FIRST.index(other.outcome)
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    values = _exact(one.measured), _exact(other.measured)
    if values[0] is None or values[1] is None or one.good == "none":
        return values[0] is None and values[1] is not None
    return values[0] < values[1] if one.good == "high" else values[0] > values[1]


def _exact(measured: Measured | None) -> Fraction | None:
    return measured.exact if measured else None


def without_excusals(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The same service levels as if the ledger excused nothing, so that whatever follows from them
    (credits, the outcome of the whole) can be computed a second time."""
    return tuple(each if each.without is None else each.without for each in verdicts)


def excusals(
    found: Sequence[Standing], effects: Sequence[dict[str, Effect]]
) -> tuple[Excusal, ...]:
    """What the entries are worth in the judged period; ``effects`` are those of each verdict."""
    return tuple(
        Excusal(
            id=entry.id,
            kind=entry.kind,
            cause=entry.cause,
            start=entry.start,
            end=entry.end,
            what=what(entry),
            reason=entry.reason,
            evidence=entry.evidence,
            raised_by=entry.raised_by,
            why_not=why_not,
            effects=tuple(each[entry.id] for each in effects if entry.id in each),
        )
        for entry, why_not in ((standing.entry, standing.why_not) for standing in found)
    )


def credit_notes(history: History) -> tuple[CreditNote, ...]:
    """The corrections that the judged period books, in the ledger's order."""
    request = history.request
    return tuple(
        CreditNote(
            note.id, note.period, note.corrects, note.amount, note.reason, note.evidence,
            note.approvals.missing(request.today),
        )
        for note in request.ledger.notes
        if note.period == request.period.id
    )  # fmt: skip
