"""Clauses that reward bad conduct: each with the cheapest move that exploits it, and the remedy.

A contract is read as the supplier's cleverest accountant reads it. Nothing here is an error: the
parties may accept a risk that they know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quality.contract.contract import Contract
from quality.contract.credit_kinds import points_of
from quality.contract.levels import ServiceLevel
from quality.contract.yaml import Location
from quality.model.amounts import plain

ENOUGH_MEASURED = 95


@dataclass(frozen=True, slots=True)
class Incentive:
    """A clause that rewards bad conduct. ``location`` is its place in the contract file."""

    location: Location
    clause: str
    move: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.clause}. Cheapest move: {self.move}. Remedy: {self.remedy}"


def incentives(contract: Contract) -> tuple[Incentive, ...]:
    """Every clause of a contract that rewards bad conduct, in the file's order of sections."""
    found: list[Incentive] = []
    for number, level in enumerate(contract.service_levels):
        place: Location = ("service_levels", number)
        found += _exploit(contract, level, place)
        found += _sample(level, place)
        found += _no_margin(level, place)
        found += _scope(contract, level, place)
    found += _measurement(contract)
    if contract.has_terms:
        found += _chronic(contract)
        found += _cap(contract)
        found += _unpriced(contract)
        found += _earnback(contract)
        found += _bonus(contract)
        found += _event_group(contract)
        found += _before_it_is_final(contract)
    return tuple(found)


# ---------------------------------------------------------------- service levels


def _exploit(contract: Contract, level: ServiceLevel, place: Location) -> Iterator[Incentive]:
    """What the indicator itself invites, unless something beside it stands against that."""
    exploit = level.indicator.exploit
    agreed = {each.indicator.id for each in contract.service_levels}
    agreed |= {rule.rule for rule in contract.gate}
    if exploit is None or not agreed.isdisjoint(exploit.beside):
        return
    critical, judged = level.level_class == "critical", _matters(contract, level)
    if {"critical": critical, "judged": judged, "always": True}[exploit.when]:
        clause = f"{level.id}: {exploit.clause}"
        yield Incentive((*place, exploit.key), clause, exploit.move, exploit.remedy)


def _sample(level: ServiceLevel, place: Location) -> Iterator[Incentive]:
    if level.level_class != "critical" or level.indicator.combine != "sum":
        return
    if level.minimum_sample is None:
        yield Incentive(
            place,
            f"{level.id}: a ratio without a minimum sample",
            "deliver so little that one item decides, or move items to another period"
            + (" or repository" if level.scope == "each-repository" else ""),
            "set minimum_sample: below so many items of the denominator the value is unknown",
        )


def _no_margin(level: ServiceLevel, place: Location) -> Iterator[Incentive]:
    if level.level_class == "critical" and level.expected == level.minimum:
        yield Incentive(
            (*place, "expected"),
            f"{level.id}: expected equals minimum ({plain(level.minimum or Decimal(0))})",
            "stay just at the minimum: nothing better is expected, and an earnback costs no effort",
            "set expected to the value that you want, and minimum to the worst that you tolerate",
        )


def _scope(contract: Contract, level: ServiceLevel, place: Location) -> Iterator[Incentive]:
    several = len(contract.repositories) > 1 and level.indicator.combine == "sum"
    if several and level.level_class == "critical" and level.scope == "contract":
        yield Incentive(
            (*place, "scope"),
            f"{level.id}: all repositories are judged together",
            "let one repository rot behind a large clean one",
            "set scope: each-repository",
        )


def _measurement(contract: Contract) -> Iterator[Incentive]:
    if contract.minimum_measured < ENOUGH_MEASURED:
        yield Incentive(
            ("contract", "minimum_measured"),
            f"only {plain(contract.minimum_measured)} % of the code must be measurable",
            "make the worst files unmeasurable (broken syntax, huge lines): they leave every value",
            f"set minimum_measured: {ENOUGH_MEASURED} or more",
        )


# ---------------------------------------------------------------- money and consequences


def _chronic(contract: Contract) -> Iterator[Incentive]:
    rules = contract.credits
    priced = any(level.credit for level in contract.service_levels)
    if not priced:
        return
    if not any(trigger.of > 1 for trigger in contract.consequences):
        yield Incentive(
            ("charges",),
            "credits without a chronic trigger",
            "fail every period and pay: a credit is cheaper than the work",
            "add a consequence for failures in several periods (failures: 2, of: 4), such as a "
            "rectification plan and then termination",
        )
    if not (rules.consecutive or rules.repeated) and points_of(contract) is None:
        yield Incentive(
            ("credits",),
            "a second failure costs no more than the first",
            "fail one service level for good: the price never rises",
            "add credits.repeated or credits.consecutive with a multiplier above 1",
        )


def _cap(contract: Contract) -> Iterator[Incentive]:
    charges = contract.charges
    if charges is None or any(trigger.credits is not None for trigger in contract.consequences):
        return
    allocated = sum((level.allocation or Decimal(0) for level in contract.service_levels
                     if not level.pool), Decimal(0))  # fmt: skip
    if allocated + sum((pool.percent for pool in charges.pools), Decimal(0)) > 100:
        yield Incentive(
            ("charges", "pool"),
            "allocations above 100 %: once the cap is reached, further failures are free",
            "after two failures give up the rest of the period's service levels: nothing more can "
            "be lost",
            "add a consequence with credits: at the percentage at risk, such as step-in",
        )


def _unpriced(contract: Contract) -> Iterator[Incentive]:
    if contract.charges is None:
        return
    for number, level in enumerate(contract.service_levels):
        if level.level_class == "critical" and not level.credit:
            yield Incentive(
                ("service_levels", number),
                f"{level.id} is critical and costs nothing when it fails",
                "give it up in favour of the service levels that cost money",
                "give it an allocation or a credit, or make it class key",
            )


def _earnback(contract: Contract) -> Iterator[Incentive]:
    rule = contract.credits.earnback
    if rule is not None and rule.periods == 1 and rule.share == 100:
        yield Incentive(
            ("credits", "earnback"),
            "one good period returns the whole credit",
            "fail every other period: it costs nothing in the end",
            "ask for more periods, or return a part (share: 50)",
        )


def _bonus(contract: Contract) -> Iterator[Incentive]:
    if contract.credits.bonus_offsets and any(level.bonus for level in contract.service_levels):
        yield Incentive(
            ("credits", "bonus_offsets"),
            "a bonus offsets failures",
            "overfulfil the cheapest service level and let the dearest fail",
            "leave out bonus_offsets: a bonus is then paid beside the credit",
        )


def _event_group(contract: Contract) -> Iterator[Incentive]:
    groups = [level.event_group for level in contract.service_levels if level.event_group]
    for group in sorted({group for group in groups if groups.count(group) > 1}):
        if contract.credits.single_event == "highest":
            yield Incentive(
                ("credits", "single_event"),
                f"the service levels of {group} are charged once, whatever made them fail",
                "once one of them has failed, let the others fail too: they are free",
                "use event_group only where one cannot fail without the other",
            )


def _before_it_is_final(contract: Contract) -> Iterator[Incentive]:
    for number, trigger in enumerate(contract.consequences):
        if trigger.due_days == 0:
            yield Incentive(
                ("consequences", number, "due_days"),
                f"{trigger.kind.replace('_', ' ')} is due on the period's last day: a claim to "
                f"date, on values that are not final",
                "whoever moves last decides: clean up for the last day, or dispute every claim",
                "give days for measuring and disputing (due_days: 30)",
            )
    if contract.charges is not None and contract.dispute_days == 0:
        yield Incentive(
            ("contract", "dispute_days"),
            "money is claimed without a dispute window: on values to date that nobody has checked",
            "close the period before the other party has looked at it",
            "set dispute_days: 30",
        )


def _matters(contract: Contract, level: ServiceLevel) -> bool:
    """Whether anything hangs on a service level: a limit, or a consequence that names it."""
    triggers = contract.consequences
    return level.expected is not None or any(level.id in each.service_levels for each in triggers)
