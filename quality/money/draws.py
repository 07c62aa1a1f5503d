"""What each contract of a framework takes of its cap, period by period, for all of them at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from quality.contract.amendments import Family
from quality.model.statement import CreditStatement, Draw
from quality.model.verdict import Period
from quality.money.easing import eased
from quality.money.history import PeriodVerdicts
from quality.money.statement import statement

Draws = Mapping[str, tuple[Draw, ...]]
"""By period of a contract, what the others of its framework take before it or beside it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A contract of a framework: its periods so far with their verdicts, oldest first, and the
    statements of those that are ``closed``, later ones too, by the period's name."""

    family: Family
    judged: Sequence[PeriodVerdicts]
    closed: Mapping[str, tuple[Period, CreditStatement | None]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The contract's id, which is that of all its amendments."""
        return self.family.base.id


class _Sharing:
    """The members with their statements so far, in the order in which their periods end."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = sorted(members, key=lambda each: each.id)
        self._bills: dict[str, list[CreditStatement | None]] = {m.id: [] for m in members}
        self._asked: dict[str, CreditStatement] = {}
        self.draws: dict[str, dict[str, tuple[Draw, ...]]] = {m.id: {} for m in members}

    def day(self, end: date) -> None:
        """Compute the statements of all periods that end on a day."""
        due = [(m, now) for m in self._members if (now := self._now(m)) and now.period.end == end]
        self._asked = {}
        for member, now in due:
            if now.period.id not in member.closed and (bill := self._statement(member, None)):
                self._asked[member.id] = bill
        bills = {}
        for member, now in due:
            draws = tuple(self._draws_of(member, now))
            self.draws[member.id][now.period.id] = draws
            closed = now.period.id in member.closed
            bills[member.id] = (
                member.closed[now.period.id][1] if closed else self._statement(member, draws)
            )
        for name, bill in bills.items():
            self._bills[name].append(bill)

    def _now(self, member: Member) -> PeriodVerdicts | None:
        done = len(self._bills[member.id])
        return member.judged[done] if done < len(member.judged) else None

    def _statement(self, member: Member, draws: Sequence[Draw] | None) -> CreditStatement | None:
        bills = self._bills[member.id]
        return statement(member.judged[: len(bills) + 1], bills, member.family, draws)

    def _draws_of(self, member: Member, now: PeriodVerdicts) -> Iterator[Draw]:
        """What others take of the span in which a period of a member ends; of a closed one, what
        they took when it was closed."""
        if now.period.id in member.closed:
            bill = member.closed[now.period.id][1]
            yield from bill.framework.draws if bill and bill.framework else ()
            return
        terms = now.contract.framework
        if terms is None:
            return
        first, last = terms.span(now.period.end)
        for other in self._members:
            for draw, framework in self._draws_by(other) if other is not member else ():
                if draw.most and framework == terms.id and first <= draw.ends <= last:
                    yield draw

    def _draws_by(self, member: Member) -> Iterator[tuple[Draw, str]]:
        """All that a member has taken so far or asks for now, each with its framework."""
        for period, bill in member.closed.values():
            if bill and bill.framework:
                sums = bill.total, bill.total
                yield Draw(member.id, period.id, period.end, "closed", *sums), bill.framework.id
        pairs = list(zip(member.judged, self._bills[member.id], strict=False))
        for each, bill in pairs:
            terms = each.contract.framework
            if bill and terms and each.period.id not in member.closed:
                sums = bill.total, _most(member, each, bill)
                yield Draw(member.id, each.period.id, each.period.end, "ended", *sums), terms.id
        asks, now = self._asked.get(member.id), self._now(member)
        if asks and now and now.contract.framework:
            sums, period = (asks.total, _most(member, now, asks)), now.period
            draw = Draw(member.id, period.id, period.end, "beside", *sums)
            yield draw, now.contract.framework.id


def _most(member: Member, now: PeriodVerdicts, bill: CreditStatement) -> Decimal:
    """The most that a period may still come to: all that its own caps let through, where a service
    level with a credit is not known."""
    most = bill.total + (bill.framework.uncertain if bill.framework else 0)
    seen = eased(member.judged[: [*member.judged].index(now) + 1])[-1]
    costs = {each.id for each in now.contract.service_levels if each.credit}
    if any(each.outcome == "unknown" and each.id in costs for each in seen.verdicts):
        room = min(bill.cap, bill.annual.left) if bill.annual else bill.cap
        most = max(most, room)
    return most


def draws_of(members: Sequence[Member]) -> Mapping[str, Draws]:
    """By contract and period what the others of its framework take of the cap, before it and
    beside it. The order of ``members`` never matters."""
    sharing = _Sharing(members)
    for end in sorted({each.period.end for member in members for each in member.judged}):
        sharing.day(end)
    return sharing.draws
