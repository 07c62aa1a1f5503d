"""Terms that a contract states and that can never do anything, each with its place and the remedy.

The contract is valid with them: nothing is paid wrongly. But somebody wrote them down for a reason,
and what he meant does not happen. What contradicts itself is an error, in ``terms``.
"""

from collections.abc import Iterator
from decimal import Decimal

from quality.contract.checks.dead_charges import dead_charges, never_whole
from quality.contract.checks.dead_credits import dead_credits
from quality.contract.checks.dead_triggers import beyond_the_term, dead_triggers
from quality.contract.checks.ladder import dead_rungs
from quality.contract.contract import Contract
from quality.contract.periods import periods
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.support import Statuses
from quality.contract.sections.terms import BonusRule, CreditRule
from quality.contract.text.values import shown
from quality.contract.text.yaml import Mistake
from quality.model.amounts import plain


def dead_terms(contract: Contract) -> Iterator[Mistake]:
    """Every term that can do nothing, in the file's order of sections."""
    for number, level in enumerate(contract.service_levels):
        place = ("service_levels", number)
        yield from (((*place, *at), text) for at, text in _level(level, contract))
    yield from _too_rare(contract)
    if contract.support is not None:
        yield from _statuses(contract.support.statuses)
    if contract.charges is not None:
        yield from dead_charges(contract.charges, contract)
    yield from dead_credits(contract)
    yield from _improvement(contract)
    yield from dead_triggers(contract)


# ---------------------------------------------------------------- service levels


def _level(level: ServiceLevel, contract: Contract) -> Iterator[Mistake]:
    if level.allocation == 0:
        yield ("allocation",), "0 % costs nothing: remove it, or give it a share"
    if level.event_group and level.credit is None:
        yield ("event_group",), "does nothing without a credit: remove it"
    elif level.event_group and not contract.credits.once:
        text = "does nothing: add credits.single_event: highest, which charges an event once"
        yield ("event_group",), text
    elif level.event_group and _mates(level, contract) < 2:
        text = "names no other service level with a credit: give those that fail together one group"
        yield ("event_group",), text
    if level.grace is not None:
        if level.credit is None and not contract.consequences:
            yield ("grace",), "does nothing: no credit and no consequence hangs on it; remove it"
        elif text := beyond_the_term(level.grace + 1, contract):
            yield ("grace",), f"with one that counts, {text}"
    yield from _suspended(level, contract)
    if level.shared is not None:
        if level.credit is None and level.bonus is None:
            yield ("shared",), "divides nothing: it has neither credit nor bonus; remove it"
        elif level.shared.percent == 100:
            yield ("shared", "percent"), "is the whole: state a part of it, or remove shared"
    if level.bonus is not None:
        yield from _bonus(level, level.bonus)
    if level.stated_credit is not None:
        yield from _credit(level, level.stated_credit, contract)


def _bonus(level: ServiceLevel, bonus: BonusRule) -> Iterator[Mistake]:
    if 0 in (bonus.percent, bonus.amount):
        yield ("bonus",), "is nothing: make it more than 0, or remove it"
    elif _out_of_reach(level, bonus.better_than):
        text = f"nothing is better than {plain(bonus.better_than)} %: ask for less"
        yield ("bonus", "better_than"), text


def _suspended(level: ServiceLevel, contract: Contract) -> Iterator[Mistake]:
    """Suspensions that overlap, or that leave nothing to be judged."""
    spans = level.suspended or ()
    every = periods(contract, contract.ends)
    for number, each in enumerate(spans):
        before = [n for n, other in enumerate(spans[:number])
                  if other.starts <= each.ends and each.starts <= other.ends]  # fmt: skip
        if before:
            text = f"has days of suspended[{before[0]}]: give each its own"
            yield ("suspended", number), text
    if spans and all(any(s.starts <= p.start and p.end <= s.ends for s in spans) for p in every):
        yield (
            ("suspended",),
            "leaves no period of the term: shorten it, or remove the service level",
        )


def _days(contract: Contract) -> list[int]:
    return [(each.end - each.start).days + 1 for each in periods(contract, contract.ends)]


def _mates(level: ServiceLevel, contract: Contract) -> int:
    groups = [each.event_group for each in contract.service_levels if each.credit]
    return groups.count(level.event_group)


def _out_of_reach(level: ServiceLevel, value: Decimal) -> bool:
    """Whether no value can be better: only shares of a whole have a best one."""
    indicator = level.indicator
    if indicator.good == "low":
        return value <= 0
    return indicator.of_a_whole and value >= 100


def _credit(level: ServiceLevel, credit: CreditRule, contract: Contract) -> Iterator[Mistake]:
    nothing = "costs nothing: make it more than 0, or remove the credit"
    for key in ("amount", "factor"):
        if getattr(credit, key) == 0:
            yield ("credit", key), nothing
    yield from never_whole(credit, contract)
    if credit.cap is not None and credit.amount is not None:
        longest = max(_days(contract))
        if credit.cap >= credit.amount * longest and not contract.credits.multiplies:
            text = f"never binds: {longest} days at {plain(credit.amount)} are no more; lower it"
            yield ("credit", "cap"), text
    if credit.round is not None and credit.decimals is None:
        yield ("credit", "round"), "does nothing without decimals: say how many, or remove it"
    if credit.target is not None and credit.by_value:
        text = "changes no amount: worse_than compares the value; remove it, or use shortfall_over"
        yield ("credit", "target"), text
    if credit.of is not None and credit.steps and all(s.percent is None for s in credit.steps):
        yield ("credit", "of"), "does nothing: no step is a percentage; remove it"
    charges = contract.charges
    if credit.of == "at_risk" and charges and not (charges.at_risk or charges.at_risk_by_year):
        yield ("credit", "of"), "is the charges themselves: state charges.at_risk, or remove it"
    yield from dead_rungs(level, credit)


# ---------------------------------------------------------------- what follows


def _improvement(contract: Contract) -> Iterator[Mistake]:
    rule, place = contract.continuous_improvement, ("continuous_improvement",)
    if rule is None:
        return
    if all(each.level_class != "critical" for each in contract.service_levels):
        yield place, "moves nothing: no service level is critical"
    if rule.best is not None and rule.best > rule.every:
        text = f"the best {rule.best} of {rule.every} periods are all of them: lower best"
        yield (*place, "best"), text
    if rule.at_most == 0:
        yield (*place, "at_most"), "0 % moves nothing: raise it, or remove the section"
    if text := beyond_the_term(rule.every + 1, contract):
        yield (*place, "every"), f"with the period that it moves, {text}"


# ---------------------------------------------------------------- records


def _statuses(statuses: Statuses) -> Iterator[Mistake]:
    """Statuses that the contract writes into one list, and that a later one gives its meaning."""
    lists = statuses.lists
    for at, (meaning, words) in enumerate(lists):
        for number, word in enumerate(words if meaning in statuses.model_fields_set else ()):
            others = [name for name, some in lists[at + 1 :]
                      if word.lower() in map(str.lower, some)]  # fmt: skip
            if others:
                text = f"{shown(word)} is {others[-1]} too, and that is what counts: remove it"
                yield ("support", "statuses", meaning, number), text


def _too_rare(contract: Contract) -> Iterator[Mistake]:
    """Probes that are farther apart than the time that a service may be down in the shortest
    period: they cannot see what is agreed."""
    shortest = 28 * 86400 if contract.period == "month" else 90 * 86400
    for number, source in enumerate(contract.records):
        between = source.seconds_between if source.kind == "probes" else 0
        for level in contract.service_levels:
            if (
                level.indicator.id == "service.availability"
                and level.minimum is not None
                and level.source in ("", source.name)
                and level.measure != "requests"
                and between > (may := shortest * (100 - level.minimum) / 100)
            ):
                yield (
                    ("sources", number, "interval"),
                    f"{source.interval} is longer than the {may:.0f} s in a {contract.period} that "
                    f"{level.id} tolerates: an outage of that length would not be seen",
                )
                break
