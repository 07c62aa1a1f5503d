"""Terms that a contract states and that can never do anything, each with its place and the remedy.

The contract is valid with them: nothing is paid wrongly. But somebody wrote them down for a reason,
and what he meant does not happen. What contradicts itself is an error, in ``terms_check``.
"""

from collections.abc import Iterator
from decimal import Decimal

from quality.contract.contract import Contract
from quality.contract.credit_kinds import counts_points
from quality.contract.dead_charges import dead_charges, dead_years, never_whole
from quality.contract.dead_triggers import beyond_the_term, dead_triggers, most_points
from quality.contract.ladder_check import Disagreement, dead_rungs
from quality.contract.levels import ServiceLevel
from quality.contract.periods import periods
from quality.contract.terms import BonusRule, Consecutive, CreditRule, CreditRules, Repeated
from quality.model.amounts import plain

Multiplier = tuple[tuple[str, int], Consecutive | Repeated]


def dead_terms(contract: Contract) -> Iterator[Disagreement]:
    """Every term that can do nothing, in the file's order of sections."""
    for number, level in enumerate(contract.service_levels):
        place = ("service_levels", number)
        yield from (((*place, *at), text) for at, text in _level(level, contract))
    yield from _too_rare(contract)
    if contract.charges is not None:
        yield from dead_charges(contract.charges, contract)
    yield from _credits(contract)
    yield from _improvement(contract)
    yield from dead_triggers(contract)


# ---------------------------------------------------------------- service levels


def _level(level: ServiceLevel, contract: Contract) -> Iterator[Disagreement]:
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


def _bonus(level: ServiceLevel, bonus: BonusRule) -> Iterator[Disagreement]:
    if 0 in (bonus.percent, bonus.amount):
        yield ("bonus",), "is nothing: make it more than 0, or remove it"
    elif _out_of_reach(level, bonus.better_than):
        text = f"nothing is better than {plain(bonus.better_than)} %: ask for less"
        yield ("bonus", "better_than"), text


def _suspended(level: ServiceLevel, contract: Contract) -> Iterator[Disagreement]:
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


def _credit(level: ServiceLevel, credit: CreditRule, contract: Contract) -> Iterator[Disagreement]:
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


# ---------------------------------------------------------------- charges and credits


def _credits(contract: Contract) -> Iterator[Disagreement]:
    rules, levels = contract.credits, contract.service_levels
    credited = any(each.credit for each in levels)
    yield from _multipliers(rules, contract)
    yield from dead_years(("credits", "by_year"), rules.by_year or (), contract)
    if rules.by_year and set(rules.by_year) == {1}:
        yield ("credits", "by_year"), "1 changes nothing: use more in some year, or remove it"
    yield from _notices(contract)
    yield from _carried(contract)
    if rules.once and not any(each.event_group for each in levels):
        text = "no service level has an event_group, so that only events that the ledger names are "
        text = f"{text}charged once: give those that fail together one event_group"
        yield ("credits", "single_event"), text
    if rules.bonus_offsets and not any(each.bonus for each in levels):
        yield ("credits", "bonus_offsets"), "does nothing: no service level has a bonus; remove it"
    if (back := rules.earnback) is not None:
        if not credited:
            yield ("credits", "earnback"), "returns nothing: no service level has a credit"
        elif back.share == 0:
            yield ("credits", "earnback", "share"), "0 % returns nothing: raise it, or remove it"
        elif back.points and not any(map(counts_points, levels)):
            yield ("credits", "earnback", "points"), "does nothing: no service level counts points"
        elif text := beyond_the_term((back.periods or 0) + 1, contract):
            yield ("credits", "earnback", "periods"), f"with the failed one, {text}"
    yield from _points(contract)


def _multipliers(rules: CreditRules, contract: Contract) -> Iterator[Disagreement]:
    credited = any(each.credit for each in contract.service_levels)
    repeats: list[Multiplier] = [(("consecutive", n), r) for n, r in enumerate(rules.consecutive)]
    repeats += [(("repeated", n), r) for n, r in enumerate(rules.repeated)]
    for number, (place, rule) in enumerate(repeats):
        if not credited:
            yield ("credits", *place), "multiplies nothing: no service level has a credit"
        elif rule.multiplier == 1:
            yield ("credits", *place, "multiplier"), "1 changes nothing: use more, or remove it"
        elif rules.by_year and rule.multiplier <= min(rules.by_year):
            text = f"never counts: by_year multiplies by {plain(min(rules.by_year))} at least"
            yield ("credits", *place), f"{text}, and the highest counts; raise this one above"
        elif text := _outdone(number, repeats):
            yield ("credits", *place), text
        within = rule.within if isinstance(rule, Repeated) else rule.failures
        if text := beyond_the_term(within, contract):
            key = "within" if isinstance(rule, Repeated) else "failures"
            yield ("credits", *place, key), text


def _carried(contract: Contract) -> Iterator[Disagreement]:
    """Whether anything can lapse, to be charged later."""
    rules, levels = contract.credits, contract.service_levels
    if rules.carry_over is None:
        return
    place = ("credits", "carry_over")
    shares = [each.allocation or Decimal(0) for each in levels]
    by_share = all(each.credit is None or each.stated_credit is None for each in levels)
    if not any(each.credit for each in levels):
        yield place, "carries nothing over: no service level has a credit"
    elif by_share and sum(shares) <= 100 and not rules.multiplies:
        yield place, "carries nothing over: all credits together stay below the at-risk amount"
    elif text := beyond_the_term(rules.carry_over.periods + 1, contract):
        yield (*place, "periods"), f"with the period that lapses, {text}"


def _notices(contract: Contract) -> Iterator[Disagreement]:
    """Rules about notices that there is nothing to give about."""
    rules, levels = contract.credits, contract.service_levels
    term = contract.ends - contract.starts
    if rules.claim_days is not None and not any(each.credit for each in levels):
        yield ("credits", "claim_days"), "nothing is to be claimed: no service level has a credit"
    if rules.reweighting and sum(e.allocation is not None and not e.pool for e in levels) < 2:
        text = "nothing can be weighted anew: give two service levels an allocation, or remove it"
        yield ("credits", "reweighting"), text
    elif rules.reweighting and rules.reweighting.notice_days > term.days:
        text = "is longer than the term: no notice can take effect; shorten it"
        yield ("credits", "reweighting", "notice_days"), text
    if contract.excusals.by_days and not any(each.credit for each in levels):
        yield ("excusals", "by_days"), "excuses a share of no credit: no service level has one"
    if contract.settle_days is not None and contract.charges is None:
        yield ("contract", "settle_days"), "nothing is disputed without the section charges"


def _points(contract: Contract) -> Iterator[Disagreement]:
    points = contract.credits.points
    if points is None:
        return
    if not any(map(counts_points, contract.service_levels)):
        text = "no service level counts points: give one a credit of kind points, or remove it"
        yield ("credits", "points"), text
    if points.of == "next_period" and not points.table and points.percent_per_point is None:
        yield ("credits", "points", "of"), "points have no price: add table or percent_per_point"
    most = most_points(contract)
    for number, row in enumerate(points.table):
        if 0 < most < row.points:
            text = f"no period counts more than {plain(most)} points: remove the row, or lower it"
            yield ("credits", "points", "table", number, "points"), text
    if points.percent_per_point == 0 or (points.table and points.table[-1].percent == 0):
        yield (
            ("credits", "points"),
            "cost 0 % however many there are: raise the price",
        )


def _outdone(number: int, repeats: list[Multiplier]) -> str:
    """Why a multiplier never counts; "": it does. The highest of those that apply counts, so one is
    dead beside another that applies whenever it does and is no lower."""
    _, rule = repeats[number]
    for other, (at, better) in enumerate(repeats):
        wider = isinstance(better, Repeated) and (
            isinstance(rule, Consecutive) or rule.within <= better.within
        )
        alike = isinstance(better, Consecutive) and isinstance(rule, Consecutive)
        if other == number or not (wider or alike) or better.failures > rule.failures:
            continue
        same = better == rule
        if better.multiplier > rule.multiplier or (
            better.multiplier == rule.multiplier and (not same or other < number)
        ):
            name = f"credits.{at[0]}[{at[1]}]"
            if same:
                return f"stands twice, first in {name}: remove one"
            return (
                f"never counts: {name} multiplies {better.failures} failures by "
                f"{plain(better.multiplier)} already, and the highest counts; raise this one above"
            )
    return ""


def _improvement(contract: Contract) -> Iterator[Disagreement]:
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


# ---------------------------------------------------------------- probes


def _too_rare(contract: Contract) -> Iterator[Disagreement]:
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
