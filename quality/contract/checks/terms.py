"""What the sections of a contract demand of each other, and of the service levels.

Runs on a file whose values are valid one by one; says where each mistake is, and the remedy.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import get_args

from quality.contract.checks.baselines import baseline_problems
from quality.contract.checks.charges import charge_problems
from quality.contract.checks.ladder import Prices, ladder_problems
from quality.contract.checks.parties import party_problems
from quality.contract.checks.records import record_problems
from quality.contract.checks.sources import source_problems
from quality.contract.checks.support import support_problems
from quality.contract.contract import Contract
from quality.contract.credit_kinds import CREDIT_KINDS, counts_points
from quality.contract.periods import periods
from quality.contract.sections.charges import MONTHS, Charges
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.terms import CreditRule, Points, Severity
from quality.contract.text.section import Section
from quality.contract.text.values import meant, shown
from quality.contract.text.yaml import Location, Mistake
from quality.model.amounts import plain
from quality.model.terms import ConsequenceKind


def mistakes(contract: Contract) -> Iterator[Mistake]:
    """Every demand that the contract does not meet, with the place of the key to change."""
    yield from baseline_problems(contract)
    yield from source_problems(contract)
    yield from record_problems(contract)
    yield from support_problems(contract)
    yield from party_problems(contract)
    yield from charge_problems(contract)
    for number, level in enumerate(contract.service_levels):
        if level.has_terms or level.suspended:
            for location, message in _level(level, contract):
                yield ("service_levels", number, *location), message
    yield from _amounts(contract)
    yield from _credits(contract)
    yield from _consequences(contract)


def _level(level: ServiceLevel, contract: Contract) -> Iterator[Mistake]:
    charges = contract.charges
    money = {"allocation": level.allocation, "credit": level.stated_credit, "bonus": level.bonus}
    stated = [key for key, value in money.items() if value is not None]
    for key in stated if level.level_class != "critical" else ():
        yield (key,), "belongs to critical service levels only: no money hangs on class key"
    if level.allocation is not None and charges is not None and not _at_risk(charges):
        yield ("allocation",), "needs charges.at_risk: the percentage of the charges at risk"
    yield from _suspended(level, contract)
    if level.shared is not None and level.shared.percent == 0:
        text = "is 0: its credit could never be charged; state the supplier's part, or remove the "
        yield ("shared", "percent"), f"{text}service level"
    if level.pool and level.allocation is None:
        yield ("pool",), "needs allocation: the percentage of the pool"
    if level.pool and charges is None:
        yield ("pool",), "needs charges.pools"
    credit = level.stated_credit
    if charges is None and stated and not (stated == ["credit"] and counts_points(level)):
        yield (stated[0],), "needs the section charges: what the supplier is paid"
    if credit is not None:
        yield from _credit(level, credit, _prices(contract))
    if level.bonus is not None:
        if (level.bonus.percent is None) == (level.bonus.amount is None):
            yield ("bonus",), "needs either percent or amount"
        better, low = level.bonus.better_than, level.indicator.good == "low"
        limit = level.expected
        if limit is not None and (better > limit if low else better < limit):
            text = f"{plain(better)} is worse than expected ({plain(limit)}): a bonus is for more"
            yield ("bonus", "better_than"), text


def _at_risk(charges: Charges) -> bool:
    return charges.at_risk is not None or bool(charges.at_risk_by_year)


def _suspended(level: ServiceLevel, contract: Contract) -> Iterator[Mistake]:
    """A suspension takes whole periods of the term, so that no day is judged by halves."""
    every = periods(contract, contract.ends)
    for number, each in enumerate(level.suspended or ()):
        for key, day, days in (
            ("from", each.starts, [period.start for period in every]),
            ("to", each.ends, [period.end for period in every]),
        ):
            if day not in days:
                which = "first" if key == "from" else "last"
                near = min(days, key=lambda other: abs((other - day).days))
                text = f"{day} is not the {which} day of a period: whole periods are suspended"
                yield ("suspended", number, key), f"{text}; did you mean {near}?"
        if each.ends < each.starts:
            yield (
                ("suspended", number, "to"),
                f"{each.ends} lies before {each.starts}: swap them",
            )


def _prices(contract: Contract) -> Prices:
    """What a ladder's units are compared by."""
    charges, length = contract.charges, MONTHS[contract.period]
    points = contract.credits.points or Points()
    if charges is None:
        return Prices(points, (), Fraction(100))
    share = Fraction(length, MONTHS[charges.per or contract.period])
    amounts = tuple(Fraction(each.amount) * share for each in charges.schedule)
    return Prices(points, amounts, Fraction(charges.reach))


def _credit(level: ServiceLevel, credit: CreditRule, prices: Prices) -> Iterator[Mistake]:
    kind = CREDIT_KINDS[credit.kind]
    if kind.allocated and level.allocation is None:
        yield ("credit", "kind"), f"{kind.id} needs allocation: percent of the at-risk amount"
    if not kind.allocated and level.allocation is not None:
        yield ("allocation",), f"belongs to kind at_risk, not to {kind.id}: remove one of them"
    if kind.needs and getattr(credit, kind.needs) in (None, ()):
        yield ("credit",), f"of kind {kind.id} needs {kind.needs}"
    for key in sorted(credit.model_fields_set - {"kind"} - kind.keys):
        yield ("credit", key), f"does not belong to kind {kind.id}: remove it"
    yield from ladder_problems(level, credit, kind.costs, prices)


def _amounts(contract: Contract) -> Iterator[Mistake]:
    """No amount may be finer than the currency's minor unit."""
    charges = contract.charges
    if charges is None:
        return
    digits = charges.minor_digits
    for location, amount in _money(contract):
        if round(amount, digits) != amount:
            unit = f"{digits} decimals" if digits else "no decimals"
            yield location, f"{plain(amount)} is too fine: {charges.currency} has {unit}"


def _money(section: Section, at: Location = ()) -> Iterator[tuple[Location, Decimal]]:
    """Every amount in a section and those inside of it, by its place."""
    for name, field in type(section).model_fields.items():
        value, place = getattr(section, name), (*at, field.alias or name)
        if isinstance(value, Decimal) and name in {"amount", "annual_cap_amount", "cap"}:
            yield place, value
        elif isinstance(value, Section):
            yield from _money(value, place)
        elif isinstance(value, tuple):
            for number, each in enumerate(value):
                if isinstance(each, Section):
                    yield from _money(each, (*place, number))


def _credits(contract: Contract) -> Iterator[Mistake]:
    credits = contract.credits
    for number, entry in enumerate(credits.repeated):
        if entry.within < entry.failures:
            text = f"{entry.failures} failures cannot lie within {entry.within} periods"
            yield ("credits", "repeated", number, "within"), text
    text = "is under 1, which would reward failing again: use 1 or more"
    for key in ("consecutive", "repeated"):
        for number, each in enumerate(getattr(credits, key)):
            if each.multiplier < 1:
                yield ("credits", key, number, "multiplier"), text
    if credits.earnback is not None and (credits.earnback.periods is None) == (
        credits.earnback.by is None
    ):
        yield ("credits", "earnback"), "needs either periods or by"
    for number, times in enumerate(credits.by_year or ()):
        if times < 1:
            what = "is under 1, which would make a failure cheaper than agreed: use 1 or more"
            yield ("credits", "by_year", number), what
    if credits.claim_days == 0:
        text = "is 0, the period's last day, and nothing can be claimed before the next: no credit "
        yield ("credits", "claim_days"), f"{text}would ever be due; give days, or remove it"
    if credits.points is not None:
        if credits.points.repeat < 1:
            yield ("credits", "points", "repeat"), text
        yield from _points(credits.points, contract)


def _points(points: Points, contract: Contract) -> Iterator[Mistake]:
    for mild, severe in pairwise(get_args(Severity)):
        if getattr(points, severe) < getattr(points, mild):
            text = f"{severe} counts less than {mild} ({getattr(points, mild)}): a graver failure "
            location = ("credits", "points", severe if severe in points.model_fields_set else mild)
            yield location, f"{text}must not count less"
    if points.table and points.percent_per_point is not None:
        location = ("credits", "points", "percent_per_point")
        yield location, "stands beside table: keep one of the two"
    if contract.charges is None and (points.table or points.percent_per_point is not None):
        yield ("credits", "points"), "turn into money, which needs the section charges"
    for number, (before, after) in enumerate(pairwise(points.table), 1):
        if after.points <= before.points or after.percent < before.percent:
            text = "must have more points and no lower percentage than the row above it"
            yield ("credits", "points", "table", number), text


def _consequences(contract: Contract) -> Iterator[Mistake]:
    ids = [level.id for level in contract.service_levels]
    kinds = get_args(ConsequenceKind)
    for number, entry in enumerate(contract.consequences):
        place = ("consequences", number)
        given = [k for k in ("failures", "points", "credits") if getattr(entry, k) is not None]
        if len(given) != 1:
            yield place, "needs exactly one of failures, points and credits"
        if entry.credits is not None and contract.charges is None:
            yield (*place, "credits"), "needs the section charges: what the supplier is paid"
        if entry.failures is not None and entry.failures > entry.of and not entry.across:
            text = f"{entry.failures} failures cannot lie within {entry.of} periods: raise of"
            yield (*place, "failures"), text
        for n, name in enumerate(entry.service_levels):
            if name not in ids:
                yield (*place, "service_levels", n), _no_level(name, ids)
    for number, clause in enumerate(contract.clauses):
        for n, name in enumerate(clause.applies_to):
            if name not in ids and name not in kinds:
                yield ("clauses", number, "applies_to", n), _no_level(name, [*ids, *kinds])


def _no_level(name: str, ids: list[str]) -> str:
    hint = meant(name, ids, f"use one of {', '.join(ids)}")
    return f"{shown(name)} is not a service level of this contract; {hint}"
