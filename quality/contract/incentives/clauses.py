"""Clauses that reward bad conduct: each with the cheapest move that exploits it, and the remedy.

A contract is read as the supplier's cleverest accountant reads it. Nothing here is an error: the
parties may accept a risk that they know.
"""

from collections.abc import Iterator
from decimal import Decimal

from quality.contract.checks.baselines import stated_baselines
from quality.contract.contract import Contract
from quality.contract.incentives.incentive import Incentive
from quality.contract.incentives.money import money_incentives
from quality.contract.incentives.notices import notice_incentives
from quality.contract.incentives.parties import party_incentives
from quality.contract.incentives.records import record_incentives
from quality.contract.sections.levels import ServiceLevel
from quality.contract.text.yaml import Location
from quality.model.amounts import plain

ENOUGH_MEASURED = 95


def incentives(contract: Contract) -> tuple[Incentive, ...]:
    """Every clause of a contract that rewards bad conduct, in the file's order of sections."""
    found: list[Incentive] = []
    for number, level in enumerate(contract.service_levels):
        found += _measured(contract, level, ("service_levels", number))
    found += _baselines(contract)
    if contract.minimum_measured < ENOUGH_MEASURED:
        unmeasured = Incentive(
            ("contract", "minimum_measured"),
            f"only {plain(contract.minimum_measured)} % of the code must be measurable",
            "make the worst files unmeasurable (broken syntax, huge lines): they leave every value",
            f"set minimum_measured: {ENOUGH_MEASURED} or more",
        )
        found.append(unmeasured)
    critical = [each for each in contract.service_levels if each.level_class == "critical"]
    if any(not each.indicator.of for each in critical):
        found += [*_unmeasured(contract), *_last_day(contract)]
    found += [*record_incentives(contract, critical), *party_incentives(contract, critical)]
    if contract.has_terms:
        found += [*money_incentives(contract), *notice_incentives(contract)]
        found += _before_it_is_final(contract)
    return tuple(found)


def _measured(contract: Contract, level: ServiceLevel, place: Location) -> Iterator[Incentive]:
    """How a service level is measured: by an indicator that invites something, unless something
    beside it stands against that; and with which limits and sums."""
    exploit = level.indicator.exploit
    agreed = {each.indicator.id for each in contract.service_levels}
    agreed |= {rule.rule for rule in contract.gate}
    critical, ratio = level.level_class == "critical", level.indicator.combine == "sum"
    if exploit is not None and agreed.isdisjoint(exploit.beside):
        judged = _matters(contract, level)
        if {"critical": critical, "judged": judged, "always": True}[exploit.when]:
            clause = f"{level.id}: {exploit.clause}"
            yield Incentive((*place, exploit.key), clause, exploit.move, exploit.remedy)
    timed = level.indicator.chance == "requests" and level.measure != "requests"  # no sample
    if critical and ratio and not timed and level.minimum_sample is None:
        yield Incentive(
            place,
            f"{level.id}: a ratio without a minimum sample",
            "deliver so little that one item decides, or move items to another period"
            + (" or repository" if level.scope == "each-repository" else ""),
            "set minimum_sample: below so many items of the denominator the value is unknown",
        )
    if critical and level.expected == level.minimum:
        yield Incentive(
            (*place, "expected"),
            f"{level.id}: expected equals minimum ({plain(level.minimum or Decimal(0))})",
            "stay just at the minimum: nothing better is expected, and an earnback costs no effort",
            "set expected to the value that you want, and minimum to the worst that you tolerate",
        )
    if critical and ratio and level.scope == "contract" and len(contract.repositories) > 1:
        yield Incentive(
            (*place, "scope"),
            f"{level.id}: all repositories are judged together",
            "let one repository rot behind a large clean one",
            "set scope: each-repository",
        )


def _baselines(contract: Contract) -> Iterator[Incentive]:
    """Baselines that the supplier can set as long as nobody has read them."""
    for place, baseline in stated_baselines(contract):
        if not baseline.commit:
            moves = {
                "tag": "set the tag on a later commit before the first reading",
                "date": "date commits back before the first reading",
            }
            yield Incentive(
                (*place, baseline.kind),
                f"the baseline is a {baseline.kind}, which is the supplier's word until it is read",
                f"{moves[baseline.kind]}: what was done until then counts as inherited",
                "name the commit, or measure on the day of signing",
            )


def _unmeasured(contract: Contract) -> Iterator[Incentive]:
    """What is gained by code that nobody can read, or that only our limits keep from being read."""
    if contract.unmeasured != "failed":
        yield Incentive(
            ("contract", "unmeasured"),
            "what the supplier makes unmeasurable is unknown, and unknown costs nothing",
            "put one NUL byte into each of the worst files, or take the branch away before the "
            "period ends: no value, no failure, no credit",
            "set unmeasured: failed",
        )
    critical = {
        level.indicator.id for level in contract.service_levels if level.level_class == "critical"
    }
    if "measured.share" not in critical:
        yield Incentive(
            ("contract", "unmeasured"),
            "code over the recipe's limits is unknown, whoever made it that large",
            "pad the worst files over a limit that `workmanship recipe` prints, until too little "
            "is measured: no value, no failure",
            "make measured.share a critical service level: it fails whatever the cause",
        )


def _last_day(contract: Contract) -> Iterator[Incentive]:
    """Code that is looked at on one day of each period."""
    if not contract.gate:
        yield Incentive(
            ("contract", "period"),
            f"the code is judged as it stands on the {contract.period}'s last day, and no change "
            "to it is",
            "clean up for the last commit, and take it back the day after",
            "agree on a merge gate, and let the main branch take merges alone",
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
    if contract.charges and contract.closing and contract.closing.unknown == "accepted":
        yield Incentive(
            ("closing", "unknown"),
            "a period may be closed although nobody knows whether it was met",
            "keep it unknown until it is closed: a repository that nobody can read costs nothing",
            "leave the key out: then both parties must agree, period by period",
        )
    if contract.charges is not None and contract.approvers is None:
        yield Incentive(
            ("approvers",),
            "nobody is named who may approve an entry of the ledger: any two names do",
            "write two names under an excused event: it counts",
            "name them: approvers: {customer: [...], supplier: [...]}",
        )


def _matters(contract: Contract, level: ServiceLevel) -> bool:
    """Whether anything hangs on a service level: a limit, or a consequence that names it."""
    triggers = contract.consequences
    return level.expected is not None or any(level.id in each.service_levels for each in triggers)
