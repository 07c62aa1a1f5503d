"""What the charges demand, their pools and the framework: days in order, and no more given away
than there is."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from quality.contract.contract import Contract
from quality.contract.sections.charges import Charges
from quality.contract.sections.framework import Framework
from quality.contract.text.values import meant, shown
from quality.contract.text.yaml import Mistake
from quality.model.amounts import plain


def charge_problems(contract: Contract) -> Iterator[Mistake]:
    """Every demand of what the supplier is paid, and of the framework that it is paid under."""
    if contract.charges:
        yield from _charges(contract.charges, contract)
        yield from _pools(contract.charges, contract)
    if contract.framework:
        yield from _framework(contract.framework, contract)


def _charges(charges: Charges, contract: Contract) -> Iterator[Mistake]:
    first, begin = charges.amounts[0].starts, contract.effective or contract.starts
    if first > begin:
        what = "amendment's first day" if contract.effective else "contract's start"
        text = f"{first} lies after the {what}, {begin}: the first amount must hold from there on"
        yield ("charges", "amounts", 0, "from"), text
    days = [each.starts for each in charges.amounts]
    for number, (before, after) in enumerate(pairwise(days), 1):
        if after <= before:
            text = f"{after} does not come after {before}: sort the amounts, the oldest first"
            yield ("charges", "amounts", number, "from"), text
    if charges.at_risk is not None and charges.at_risk_by_year is not None:
        yield ("charges", "at_risk_by_year"), "stands beside at_risk: keep one of the two"
    rises = [each.starts for each in charges.indexation or ()]
    for number, day in enumerate(rises):
        text = ""
        if number and day <= rises[number - 1]:
            text = f"{day} does not come after {rises[number - 1]}: sort them, the oldest first"
        elif day <= days[0]:
            text = f"{day} does not come after the first amount, {days[0]}: nothing to raise"
        elif day in days:
            text = f"on {day} an amount begins too: state the raised amount, or the rise alone"
        if text:
            yield ("charges", "indexation", number, "from"), text
    if charges.annual_cap is not None and charges.annual_cap_amount is not None:
        yield ("charges", "annual_cap_amount"), "stands beside annual_cap: keep one of the two"


def _framework(framework: Framework, contract: Contract) -> Iterator[Mistake]:
    starts, begin = framework.starts, contract.effective or contract.starts
    if contract.charges is None:
        yield ("framework",), "needs the section charges: what the supplier is paid"
    if framework.per == "year" and starts is None:
        yield ("framework",), "needs starts: the day on which the framework's years begin"
    elif framework.per != "year" and starts is not None:
        text = f"belongs to per: year, for a calendar {framework.per} begins by itself: remove it"
        yield ("framework", "starts"), text
    elif starts is not None and starts > begin:
        what = "amendment's first day" if contract.effective else "contract's start"
        text = f"{starts} lies after the {what}, {begin}: a contract is called off under it later"
        yield ("framework", "starts"), text


def _pools(charges: Charges, contract: Contract) -> Iterator[Mistake]:
    """No more may be allocated than the pool holds."""
    names = {pool.name: pool.percent for pool in charges.pools}
    inside = dict.fromkeys(names, Decimal(0))
    spread = pooled = sum(names.values(), Decimal(0))
    for number, pool in enumerate(charges.pools):
        if pool.name in [each.name for each in charges.pools[:number]]:
            location = ("charges", "pools", number, "name")
            yield location, f"the pool {shown(pool.name)} occurs twice: give each its own name"
    for number, level in enumerate(contract.service_levels):
        allocation, place = level.allocation or Decimal(0), ("service_levels", number)
        if not level.pool:
            before, spread, limit = spread, spread + allocation, charges.pool
            what, after = f"the pool holds {plain(limit)} %", spread
        elif level.pool in names:
            before, limit = inside[level.pool], Decimal(100)
            after = inside[level.pool] = before + allocation
            what = f"100 % of the pool {level.pool} is all there is"
        else:
            hint = meant(level.pool, names, "charges.pools: lists them")
            yield (*place, "pool"), f"{shown(level.pool)} is not a pool of this contract; {hint}"
            continue
        if before <= limit < after:
            text = f"brings the sum of the allocations to {plain(after)} %, but {what}"
            yield (*place, "allocation"), f"{text}: lower an allocation"
    if pooled > charges.pool:
        text = f"take {plain(pooled)} % of the at-risk amount, but the pool holds"
        text = f"{text} {plain(charges.pool)} %: lower them, or raise charges.pool"
        yield ("charges", "pools"), text
