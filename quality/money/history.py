"""What the verdicts of a contract's periods say about repeating: runs, windows, and earning back.

How a period counts, for one service level:

==================  =====================  ======================  ========================
outcome             money                  runs and windows        earnback
==================  =====================  ======================  ========================
met                 none                   not a failure           counts
below_expected      none                   not a failure [1]_      ends the chance
failed              a credit               a failure               ends the chance
excused             none                   not a failure           passed over
unknown             none                   passed over             ends the chance
==================  =====================  ======================  ========================

.. [1] It is one where the contract counts failures below expected.

An unknown period neither ends a run nor takes a place in a window, so nobody gains by code that
cannot be measured; nor does it prove that expected was met, so nothing is earned back by it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quality.contract.contract import Contract
from quality.contract.ledger.effects import NOTHING, Noticed
from quality.contract.periods import contract_year
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.terms import Consecutive, CreditRules, Repeated
from quality.model.statement import CreditStatement
from quality.model.terms import Limit
from quality.model.verdict import Outcome, Period, Verdict

FAILURES: dict[Limit, frozenset[Outcome]] = {
    "minimum": frozenset({"failed"}),
    "expected": frozenset({"failed", "below_expected"}),
}


@dataclass(frozen=True, slots=True)
class PeriodVerdicts:
    """All verdicts of one period by the contract in force in it, with what the ledger's notices
    say of its money."""

    period: Period
    contract: Contract
    verdicts: tuple[Verdict, ...]
    notices: Noticed = NOTHING

    def of(self, service_level: str) -> Verdict | None:
        """The verdict on a service level; None: the period did not judge it."""
        return next((v for v in self.verdicts if v.id == service_level), None)

    def level(self, service_level: str) -> tuple[ServiceLevel | None, str]:
        """A service level with the allocation in force, and the notice that set it."""
        level = self.contract.level(service_level)
        for name, allocation, notice in self.notices.allocations:
            if level and level.id == name:
                return level.model_copy(update={"allocation": allocation}), notice
        return level, ""

    @property
    def events(self) -> dict[str, str]:
        """By service level the event that fails it: the contract's groups and the incidents that
        the parties declared; those that share a service level are one."""
        groups: dict[str, set[str]] = {}
        for level in self.contract.service_levels:
            if level.event_group:
                groups.setdefault(level.event_group, set()).add(level.id)
        joined: list[tuple[set[str], set[str]]] = []
        for name, members in (*groups.items(), *self.notices.events):
            names, levels = {name}, set(members)
            for other in [each for each in joined if each[1] & levels]:
                joined.remove(other)
                names, levels = names | other[0], levels | other[1]
            joined.append((names, levels))
        return {level: ", ".join(sorted(names)) for names, levels in joined for level in levels}


Judged = Sequence[PeriodVerdicts]  # the periods of a contract, oldest first
Bills = Sequence[CreditStatement | None]  # their statements; None: without commercial terms


def failures(judged: Judged, service_level: str, below: Limit, within: int) -> tuple[str, ...]:
    """The periods that the service level failed, of the last ``within`` that judged it."""
    counting = FAILURES[below]
    window = _judging(judged, service_level)[-within:]
    return tuple(period for period, outcome in window if outcome in counting)


def run(judged: Judged, service_level: str) -> tuple[str, ...]:
    """The periods that the service level failed in a row, up to the last one."""
    found: list[str] = []
    for period, outcome in reversed(_judging(judged, service_level)):
        if outcome != "failed":
            break
        found.insert(0, period)
    return tuple(found)


def multiplier(judged: Judged, service_level: str, rules: CreditRules) -> tuple[Decimal, str]:
    """The multiplier of a failure in the last period and the reason for it: the highest of those
    that apply, never their product."""
    best, reason = Decimal(1), ""
    in_a_row = run(judged, service_level)
    found: list[tuple[Consecutive | Repeated, tuple[str, ...], str]] = [
        (repeat, in_a_row, f"{len(in_a_row)} failures in a row") for repeat in rules.consecutive
    ]
    for again in rules.repeated:
        periods = failures(judged, service_level, "minimum", again.within)
        found.append((again, periods, f"{len(periods)} failures within {again.within} periods"))
    if rules.by_year:
        contract, end = judged[-1].contract, judged[-1].period.end
        year, _, _ = contract_year(contract.starts, end)
        of_year = rules.by_year[min(year, len(rules.by_year)) - 1]
        best, reason = of_year, f"contract year {year}" if of_year != 1 else ""
    for repeat, periods, how in found:
        if len(periods) >= repeat.failures and repeat.multiplier > best:
            best, reason = repeat.multiplier, f"{how}: {', '.join(periods)}"
    return best, reason


def earned_in(
    judged: Judged, service_levels: Collection[str], failed: int, periods: int
) -> tuple[str, ...]:
    """The periods that earn back the credit of period number ``failed``, if the last of them is the
    last period judged; else nothing. All service levels behind the credit must be met; excused
    ones are passed over, and so is a period in which all of them are."""
    later = [(each.period.id, [each.of(name) for name in service_levels])
             for each in judged[failed + 1 :]]  # fmt: skip
    known = [(period, {v.outcome if v else None for v in found}) for period, found in later]
    window = [(period, outcomes - {"excused"}) for period, outcomes in known]
    window = [(period, outcomes) for period, outcomes in window if outcomes]
    met = [period for period, outcomes in window if outcomes == {"met"}]
    just_now = met[-1:] == [judged[-1].period.id]
    return tuple(met) if just_now and len(met) == len(window) == periods else ()


def _judging(judged: Judged, service_level: str) -> list[tuple[str, Outcome]]:
    """The periods in which the service level's outcome is known."""
    pairs = ((each.period.id, each.of(service_level)) for each in judged)
    return [(period, v.outcome) for period, v in pairs if v is not None and v.outcome != "unknown"]
