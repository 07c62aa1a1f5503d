"""Charges, caps and amounts that a contract states and that can never do what they say."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from quality.contract.contract import Contract
from quality.contract.credit_kinds import counts_points
from quality.contract.periods import contract_year
from quality.contract.sections.charges import MONTHS, Charges
from quality.contract.sections.terms import CreditRule
from quality.contract.text.yaml import Location, Mistake
from quality.model.amounts import plain

_LAPSES = ": what is above lapses; lower it, or raise charges.at_risk"


def dead_charges(charges: Charges, contract: Contract) -> Iterator[Mistake]:
    """Charges, caps and pools that do nothing."""
    levels = contract.service_levels
    points = contract.credits.points
    free = points is None or not (points.table or points.percent_per_point)
    if not any(each.credit and not (free and counts_points(each)) for each in levels):
        text = "nothing is charged: no service level has an allocation or a credit with a price; "
        yield ("charges",), f"{text}give the critical ones an allocation"
    if charges.at_risk == 0:
        yield ("charges", "at_risk"), "0 % leaves no room for a credit: raise it"
    for number, entry in enumerate(charges.amounts):
        if entry.starts > contract.ends:
            text = f"{entry.starts} lies after the end, {contract.ends}: it is never in force"
            yield ("charges", "amounts", number, "from"), f"{text}; remove it, or correct the day"
    for number, rise in enumerate(charges.indexation or ()):
        place = ("charges", "indexation", number)
        if rise.starts > contract.ends:
            text = f"{rise.starts} lies after the end, {contract.ends}: it raises nothing"
            yield (*place, "from"), f"{text}; remove it, or correct the day"
        elif rise.percent == 0:
            yield (*place, "percent"), "0 % raises nothing: remove it"
    if not any(each.amount for each in charges.amounts):
        yield ("charges", "amounts"), "are 0: a percentage of nothing costs nothing; state them"
    yield from _caps(charges, contract)
    yield from dead_years(("charges", "at_risk_by_year"), charges.at_risk_by_year or (), contract)
    used = {each.pool for each in levels}
    for number, pool in enumerate(charges.pools):
        place = ("charges", "pools", number)
        if pool.name not in used:
            text = f"no service level draws on the pool {pool.name}: name it in one (pool:)"
            yield (*place, "name"), f"{text}, or remove it"
        elif pool.percent == 0:
            yield (*place, "percent"), "0 % costs nothing: raise it"
    if charges.annual_cap is not None and charges.annual_cap >= charges.reach:
        text = f"{plain(charges.annual_cap)} % a year never binds: each period's credits stop at "
        yield ("charges", "annual_cap"), f"{text}{plain(charges.reach)} % already; lower it"


def dead_years(place: Location, of: tuple[Decimal, ...], contract: Contract) -> Iterator[Mistake]:
    """Entries for contract years that the term does not have."""
    years, _, _ = contract_year(contract.starts, contract.ends)
    for number in range(years, len(of)):
        yield (*place, number), f"the term has no contract year {number + 1}: remove it"


def _caps(charges: Charges, contract: Contract) -> Iterator[Mistake]:
    """Caps that leave no room, or that nothing can reach."""
    none = "leaves no room for a credit: raise it"
    caps = {("charges", key): getattr(charges, key) for key in ("annual_cap", "annual_cap_amount")}
    caps[("framework", "cap")] = contract.framework and contract.framework.cap
    for place, cap in caps.items():
        if cap == 0:
            yield place, f"0 {none}"
    most = _most_at_risk(charges, contract) * 12 / MONTHS[contract.period]
    if charges.annual_cap_amount is not None and charges.annual_cap_amount >= most:
        text = f"{plain(charges.annual_cap_amount)} a year never binds: each period's credits stop "
        yield ("charges", "annual_cap_amount"), f"{text}at what is at risk already; lower it"


def _most_at_risk(charges: Charges, contract: Contract) -> Fraction:
    """The highest at-risk amount of a whole period."""
    share = Fraction(MONTHS[contract.period], MONTHS[charges.per or contract.period])
    amounts = (Fraction(each.amount) for each in charges.schedule)
    return max(amounts) * share * Fraction(charges.reach) / 100


def never_whole(credit: CreditRule, contract: Contract) -> Iterator[Mistake]:
    """Amounts of a credit that the cap of every period cuts off, or its own."""
    charges = contract.charges
    if charges is None:
        return
    if credit.cap is not None and credit.amount is not None and credit.cap < credit.amount:
        text = f"{plain(credit.cap)} is less than one day costs: state a fixed credit of it"
        yield ("credit", "cap"), text if credit.cap else "0 costs nothing: raise it, or remove it"
    if contract.credits.carry_over is not None:
        return  # what is above may be charged later
    most = _most_at_risk(charges, contract)
    amounts: list[tuple[Location, Decimal]] = []
    if credit.kind == "fixed":
        amounts.append((("credit", "amount"), credit.amount or Decimal(0)))
    for number, step in enumerate(credit.steps):
        place = ("credit", "steps", number)
        amounts.append(((*place, "amount"), step.amount or Decimal(0)))
        percent = step.percent or Decimal(0)
        if credit.of != "at_risk" and percent > charges.reach:
            text = f"{plain(percent)} % is more than the {plain(charges.reach)} % at risk"
            yield (*place, "percent"), f"{text}{_LAPSES}"
    for at, amount in amounts:
        if amount > most > 0:
            yield at, f"{plain(amount)} is more than ever is at risk, {plain(most)}{_LAPSES}"
