"""What the commercial sections of a contract demand of each other, and of the service levels.

Runs on a file whose values are valid one by one; says where each disagreement is, and the remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import get_args

from quality.catalogue.indicators import INDICATORS
from quality.contract.format import ContractFile
from quality.contract.ladder_check import ladder_problems
from quality.contract.levels import Level
from quality.contract.terms_file import has_terms
from quality.contract.terms_format import ChargesSection, CreditSection, PointsSection
from quality.contract.values import closest, shown
from quality.model.amounts import MINOR_DIGITS, plain
from quality.model.statement import ConsequenceKind

Location = tuple[str | int, ...]
Disagreement = tuple[Location, str]

_BELONGS = {  # the keys of `credit:` that each kind takes
    "at_risk": set[str](),
    "fixed": {"amount"},
    "ladder": {"steps", "of", "target", "decimals", "round"},
    "target_minus_actual": {"of", "target", "factor", "decimals", "round"},
    "points": {"steps", "target", "decimals", "round"},
}


def disagreements(checked: ContractFile) -> Iterator[Disagreement]:
    """Every demand that the contract does not meet, with the place of the key to change."""
    charges = checked.charges
    if charges:
        yield from _charges(charges, checked)
        yield from _pools(charges, checked)
    for number, level in enumerate(checked.service_levels):
        if has_terms(level):
            for location, message in _level(level, charges):
                yield ("service_levels", number, *location), message
    yield from _amounts(checked)
    yield from _credits(checked)
    yield from _consequences(checked)


def _charges(charges: ChargesSection, checked: ContractFile) -> Iterator[Disagreement]:
    first, begin = charges.amounts[0].starts, checked.contract.effective or checked.contract.starts
    if first > begin:
        what = "amendment's first day" if checked.contract.effective else "contract's start"
        yield (
            ("charges", "amounts", 0, "from"),
            f"{first} lies after the {what}, {begin}: the first amount must hold from there on",
        )
    for number in range(1, len(charges.amounts)):
        before, after = charges.amounts[number - 1].starts, charges.amounts[number].starts
        if after <= before:
            yield (
                ("charges", "amounts", number, "from"),
                f"{after} does not come after {before}: sort the amounts, the oldest first",
            )
    if charges.annual_cap is not None and charges.annual_cap_amount is not None:
        yield ("charges", "annual_cap_amount"), "stands beside annual_cap: keep one of the two"


def _pools(charges: ChargesSection, checked: ContractFile) -> Iterator[Disagreement]:
    """No more may be allocated than the pool holds."""
    names = {pool.name: pool.percent for pool in charges.pools}
    inside = dict.fromkeys(names, Decimal(0))
    spread = sum(names.values(), Decimal(0))
    for number, pool in enumerate(charges.pools):
        if [each.name for each in charges.pools].index(pool.name) != number:
            location = ("charges", "pools", number, "name")
            yield location, f"the pool {shown(pool.name)} stands twice: give each its own name"
    for number, level in enumerate(checked.service_levels):
        allocation, place = level.allocation or Decimal(0), ("service_levels", number)
        if level.pool is None:
            before, spread, limit = spread, spread + allocation, charges.pool
            what, after = f"the pool holds {plain(limit)} %", spread
        elif level.pool in names:
            before, limit = inside[level.pool], Decimal(100)
            after = inside[level.pool] = before + allocation
            what = f"100 % of the pool {level.pool} is all there is"
        else:
            near = closest(level.pool, names)
            hint = f"did you mean {near}?" if near else "charges.pools: lists them"
            yield (*place, "pool"), f"{shown(level.pool)} is no pool of this contract; {hint}"
            continue
        if before <= limit < after:
            yield (
                (*place, "allocation"),
                f"brings the sum of the allocations to {plain(after)} %, but {what}: "
                f"lower an allocation",
            )
    if sum(names.values(), Decimal(0)) > charges.pool:
        yield (
            ("charges", "pools"),
            f"take {plain(sum(names.values(), Decimal(0)))} % of the at-risk amount, but the pool "
            f"holds {plain(charges.pool)} %: lower them, or raise charges.pool",
        )


def _level(level: Level, charges: ChargesSection | None) -> Iterator[Disagreement]:
    indicator = INDICATORS[level.indicator]
    for key in ("allocation", "credit", "bonus"):
        if getattr(level, key) is not None and level.level_class != "critical":
            yield (key,), "belongs to critical service levels only: no money hangs on class key"
    if level.allocation is not None and charges is not None and charges.at_risk is None:
        yield ("allocation",), "needs charges.at_risk: the percentage of the charges at risk"
    if level.pool is not None and level.allocation is None:
        yield ("pool",), "needs allocation: the percentage of the pool"
    if level.pool is not None and charges is None:
        yield ("pool",), "needs charges.pools"
    credit = level.credit
    money = level.allocation is not None or (credit is not None and credit.kind != "points")
    if charges is None and (money or level.bonus is not None):
        key = next(k for k in ("allocation", "credit", "bonus") if getattr(level, k) is not None)
        yield (key,), "needs the section charges: what the supplier is paid"
    if credit is not None:
        yield from _credit(level, credit)
    if level.bonus is not None:
        if (level.bonus.percent is None) == (level.bonus.amount is None):
            yield ("bonus",), "needs either percent or amount"
        better, low = level.bonus.better_than, indicator.good == "low"
        limit = level.minimum if level.expected is None else level.expected
        if limit is not None and (better > limit if low else better < limit):
            yield (
                ("bonus", "better_than"),
                f"{plain(better)} is worse than expected ({plain(limit)}): a bonus is for more",
            )


def _credit(level: Level, credit: CreditSection) -> Iterator[Disagreement]:
    if credit.kind == "at_risk" and level.allocation is None:
        yield ("credit", "kind"), "at_risk needs allocation: percent of the at-risk amount"
    if credit.kind != "at_risk" and level.allocation is not None:
        yield ("allocation",), f"belongs to kind at_risk, not to {credit.kind}: remove one of them"
    if credit.kind == "fixed" and credit.amount is None:
        yield ("credit",), "of kind fixed needs amount"
    if credit.kind in ("ladder", "points") and not credit.steps:
        yield ("credit",), f"of kind {credit.kind} needs steps"
    for key in sorted(credit.model_fields_set - {"kind"} - _BELONGS[credit.kind]):
        yield ("credit", key), f"does not belong to kind {credit.kind}: remove it"
    yield from ladder_problems(level, credit)


def _amounts(checked: ContractFile) -> Iterator[Disagreement]:
    """No amount may be finer than the currency's minor unit."""
    charges = checked.charges
    if charges is None:
        return
    found: list[tuple[Location, Decimal | None]] = [
        (("charges", "annual_cap_amount"), charges.annual_cap_amount)
    ]
    for number, entry in enumerate(charges.amounts):
        found.append((("charges", "amounts", number, "amount"), entry.amount))
    for number, level in enumerate(checked.service_levels):
        place: Location = ("service_levels", number)
        if level.bonus:
            found.append(((*place, "bonus", "amount"), level.bonus.amount))
        if level.credit:
            found.append(((*place, "credit", "amount"), level.credit.amount))
            for n, step in enumerate(level.credit.steps):
                found.append(((*place, "credit", "steps", n, "amount"), step.amount))
    digits = MINOR_DIGITS[charges.currency]
    for location, amount in found:
        if amount is not None and round(amount, digits) != amount:
            unit = f"{digits} decimals" if digits else "no decimals"
            yield location, f"{plain(amount)} is too fine: {charges.currency} has {unit}"


def _credits(checked: ContractFile) -> Iterator[Disagreement]:
    credits = checked.credits
    if credits is None:
        return
    for number, entry in enumerate(credits.repeated):
        if entry.within < entry.failures:
            yield (
                ("credits", "repeated", number, "within"),
                f"{entry.failures} failures cannot lie within {entry.within} periods",
            )
    factors: list[tuple[Location, Decimal]] = [
        *(
            (("credits", "consecutive", number, "multiplier"), each.multiplier)
            for number, each in enumerate(credits.consecutive)
        ),
        *(
            (("credits", "repeated", number, "multiplier"), entry.multiplier)
            for number, entry in enumerate(credits.repeated)
        ),
    ]
    points = credits.points
    if points is not None:
        factors.append((("credits", "points", "repeat"), points.repeat))
        yield from _points(points, checked)
    for location, factor in factors:
        if factor < 1:
            yield location, "is under 1, which would reward failing again: use 1 or more"


def _points(points: PointsSection, checked: ContractFile) -> Iterator[Disagreement]:
    if points.table and points.percent_per_point is not None:
        location = ("credits", "points", "percent_per_point")
        yield location, "stands beside table: keep one of the two"
    if checked.charges is None and (points.table or points.percent_per_point is not None):
        yield ("credits", "points"), "turn into money, which needs the section charges"
    for number in range(1, len(points.table)):
        before, after = points.table[number - 1], points.table[number]
        if after.points <= before.points or after.percent < before.percent:
            yield (
                ("credits", "points", "table", number),
                "must have more points and no lower percentage than the row above it",
            )


def _consequences(checked: ContractFile) -> Iterator[Disagreement]:
    ids = [level.id for level in checked.service_levels]
    kinds = get_args(ConsequenceKind)
    for number, entry in enumerate(checked.consequences):
        place = ("consequences", number)
        given = [k for k in ("failures", "points", "credits") if getattr(entry, k) is not None]
        if len(given) != 1:
            yield place, "needs exactly one of failures, points and credits"
        if entry.credits is not None and checked.charges is None:
            yield (*place, "credits"), "needs the section charges: what the supplier is paid"
        if entry.failures is not None and entry.failures > entry.of and not entry.across:
            yield (
                (*place, "failures"),
                f"{entry.failures} failures cannot lie within {entry.of} periods: raise of",
            )
        for n, name in enumerate(entry.service_levels):
            if name not in ids:
                yield (*place, "service_levels", n), _no_level(name, ids)
    for number, clause in enumerate(checked.clauses):
        for n, name in enumerate(clause.applies_to):
            if name not in ids and name not in kinds:
                yield ("clauses", number, "applies_to", n), _no_level(name, [*ids, *kinds])


def _no_level(name: str, ids: list[str]) -> str:
    near = closest(name, ids)
    hint = f"did you mean {near}?" if near else f"use one of {', '.join(ids)}"
    return f"{shown(name)} is no service level of this contract; {hint}"
