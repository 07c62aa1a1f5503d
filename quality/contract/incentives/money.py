"""Clauses about credits, charges and consequences that reward bad conduct."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from quality.contract.contract import Contract
from quality.contract.credit_kinds import points_of
from quality.contract.incentives.incentive import Incentive
from quality.model.amounts import plain


def money_incentives(contract: Contract) -> Iterator[Incentive]:
    """Every such clause, what a failure costs in all periods before what one period costs."""
    yield from _chronic(contract)
    yield from _charged(contract)
    yield from _credited(contract)
    yield from _eased(contract)
    yield from _late_years(contract)
    yield from _capped_days(contract)


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
