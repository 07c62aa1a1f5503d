"""Clauses that reward bad conduct: each with the cheapest move that exploits it, and the remedy.

A contract is read as the supplier's cleverest accountant reads it. Nothing here is an error: the
parties may accept a risk that they know.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from quality.contract.checks.baselines import stated_baselines
from quality.contract.contract import Contract
from quality.contract.credit_kinds import points_of
from quality.contract.incentives.incentive import Incentive
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
        found += [*_chronic(contract), *_charged(contract), *_credited(contract)]
        found += [*_eased(contract), *_late_years(contract), *_capped_days(contract)]
        found += notice_incentives(contract)
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


def _chronic(contract: Contract) -> Iterator[Incentive]:
    rules = contract.credits
    if not any(level.credit for level in contract.service_levels):
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


def _charged(contract: Contract) -> Iterator[Incentive]:
    """What the charges at risk leave out: failures beyond the cap, and those without a price."""
    if contract.charges is None:
        return
    parts = [level.allocation or 0 for level in contract.service_levels if not level.pool]
    allocated = sum([*parts, *(pool.percent for pool in contract.charges.pools)])
    if allocated > 100 and all(trigger.credits is None for trigger in contract.consequences):
        yield Incentive(
            ("charges", "pool"),
            "allocations above 100 %: once the cap is reached, further failures are free",
            "after two failures give up the rest of the period's service levels: nothing more can "
            "be lost",
            "add a consequence with credits: at the percentage at risk, such as step-in",
        )
    for number, level in enumerate(contract.service_levels):
        if level.level_class == "critical" and not level.credit:
            yield Incentive(
                ("service_levels", number),
                f"{level.id} is critical and costs nothing when it fails",
                "give it up in favour of the service levels that cost money",
                "give it an allocation or a credit, or make it class key",
            )


def _credited(contract: Contract) -> Iterator[Incentive]:
    """Rules that take a credit back, or never charge it."""
    rules, levels = contract.credits, contract.service_levels
    if rules.earnback is not None and rules.earnback.periods == 1 and rules.earnback.share == 100:
        yield Incentive(
            ("credits", "earnback"),
            "one good period returns the whole credit",
            "fail every other period: it costs nothing in the end",
            "ask for more periods, or return a part (share: 50)",
        )
    if rules.earnback is not None and rules.earnback.by == "yearly_average":
        yield Incentive(
            ("credits", "earnback", "by"),
            "the average of a year returns the credits of its worst periods",
            "fail where it is convenient, and overfulfil one period until the average is right",
            "return a part (share: 50), or ask for periods in a row (periods: 2)",
        )
    if rules.bonus_offsets and any(level.bonus for level in levels):
        yield Incentive(
            ("credits", "bonus_offsets"),
            "a bonus offsets failures",
            "overfulfil the cheapest service level and let the dearest fail",
            "leave out bonus_offsets: a bonus is then paid beside the credit",
        )
    groups = Counter(level.event_group for level in levels if level.event_group)
    for group in sorted(groups) if rules.once else ():
        if groups[group] > 1:
            yield Incentive(
                ("credits", "single_event"),
                f"the service levels of {group} are charged once, whatever made them fail",
                "once one of them has failed, let the others fail too: they are free",
                "use event_group only where one cannot fail without the other",
            )


def _eased(contract: Contract) -> Iterator[Incentive]:
    """Periods in which nothing is lost."""
    for number, level in enumerate(contract.service_levels):
        free = [("grace", level.grace is not None), ("suspended", bool(level.suspended))]
        for key in (key for key, stated in free if stated and level.credit):
            yield Incentive(
                ("service_levels", number, key),
                f"{level.id} costs nothing while it is "
                f"{'in its grace' if key == 'grace' else key}, however bad it is",
                "leave the work undone until the first period that counts, and deliver the worst "
                "code before",
                "keep it to the periods that a handover takes, and ask for a plan in them",
            )


def _capped_days(contract: Contract) -> Iterator[Incentive]:
    """Damages by the day that stop before the period ends."""
    for number, level in enumerate(contract.service_levels):
        credit = level.credit
        if credit is not None and credit.cap is not None:
            yield Incentive(
                ("service_levels", number, "credit", "cap"),
                f"{level.id} costs no more than {plain(credit.cap)} a period, however bad it is",
                "once the cap is reached, leave it as it is: further days are free",
                "add a consequence for failures in several periods, such as step-in",
            )


def _late_years(contract: Contract) -> Iterator[Incentive]:
    """Contract years in which a failure is cheaper than in the one before."""
    charges = contract.charges
    stated = {
        ("charges", "at_risk_by_year"): charges.at_risk_by_year if charges else None,
        ("credits", "by_year"): contract.credits.by_year,
    }
    for place, years in stated.items():
        for number, (before, after) in enumerate(pairwise(years or ()), 2):
            if after < before:
                yield Incentive(
                    (*place, number - 1),
                    f"contract year {number} costs less than the one before: {plain(after)} "
                    f"instead of {plain(before)}",
                    "put off what costs effort until then",
                    "let it stay or rise from year to year",
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
