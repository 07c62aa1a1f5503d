"""Rules about credits that a contract states and that can never do anything."""

from collections.abc import Iterator
from decimal import Decimal

from quality.contract.checks.dead_charges import dead_years
from quality.contract.checks.dead_triggers import beyond_the_term, most_points
from quality.contract.contract import Contract
from quality.contract.credit_kinds import counts_points
from quality.contract.sections.terms import Consecutive, CreditRules, Repeated
from quality.contract.text.yaml import Mistake
from quality.model.amounts import plain

Multiplier = tuple[tuple[str, int], Consecutive | Repeated]


def dead_credits(contract: Contract) -> Iterator[Mistake]:
    """Every rule about credits, notices and points that does nothing."""
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


def _multipliers(rules: CreditRules, contract: Contract) -> Iterator[Mistake]:
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


def _carried(contract: Contract) -> Iterator[Mistake]:
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


def _notices(contract: Contract) -> Iterator[Mistake]:
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


def _points(contract: Contract) -> Iterator[Mistake]:
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
