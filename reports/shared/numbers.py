"""Numbers as people read them, never rounded so far that a failed value looks met."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from quality.model.amounts import in_hours
from quality.model.verdict import Good, Measured, Verdict

THIN = "\u202f"  # narrow no-break space, between a number and its sign
MINUS = "\u2212"
TIMES = "\u00d7"
UNKNOWN = "\u2013"  # an en dash

Exact = Fraction | Decimal | int

_DECIMALS = {"percent": 1, "per KNLOC": 2, "CC": 2, "MI": 1}
_PLURALS = {
    "files", "functions", "findings", "directives", "parameters", "levels", "outages", "defects",
    "tickets", "seconds", "days",
}  # fmt: skip

COUNTED = frozenset({"NLOC", "files", "functions", "findings", "outages", "defects", "tickets"})


def plain_unit(unit: str) -> str:
    """The unit as programs read it: whatever is counted by pieces is a count."""
    return "count" if unit in COUNTED else unit


def count(number: int) -> str:
    """A whole number, thousands apart as in amounts of money: 12,345,678."""
    return f"{number:,}".replace("-", MINUS)


def number(value: Exact, decimals: int = 0, apart_from: Iterable[Exact] = ()) -> str:
    """``value`` with at least ``decimals`` decimals, and as many more as it takes to stay on its
    side of each number in ``apart_from`` (a value equal to one of them prints as that one)."""
    top, bottom = value.as_integer_ratio()
    limits = [
        (over, under, _sign(top * under - over * bottom))
        for over, under in (limit.as_integer_ratio() for limit in apart_from)
    ]
    while True:
        scale: int = 10**decimals
        scaled = _rounded(top * scale, bottom)
        if all(_sign(scaled * under - over * scale) == side for over, under, side in limits):
            break
        decimals += 1
    whole, rest = divmod(abs(scaled), scale)
    sign = MINUS if scaled < 0 else ""
    return f"{sign}{count(whole)}" + (f".{rest:0{decimals}d}" if decimals else "")


def _rounded(top: int, bottom: int) -> int:
    """The quotient rounded half to even: exact integers, a page has thousands of these."""
    whole, rest = divmod(top, bottom)
    return whole + (2 * rest > bottom or (2 * rest == bottom and whole % 2))


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)


def value(exact: Exact, unit: str, limits: Iterable[Exact | None] = ()) -> str:
    """A service level's value without its unit; ``limits`` are the contract's expected, minimum.

    What is not nothing never prints as 0, nor what is not all as 100 percent.
    """
    edges: tuple[Exact, ...] = (0, 100) if unit in ("percent", "MI") else (0,)
    apart = [*edges, *(limit for limit in limits if limit is not None)]
    decimals = _DECIMALS.get(unit, 0 if exact.as_integer_ratio()[1] == 1 else 1)
    return number(exact, decimals, apart)


def density(found: int, nloc: int) -> str:
    """Findings per 1,000 lines, a dash where there is no line."""
    return value(Fraction(1000 * found, nloc), "per KNLOC") if nloc else UNKNOWN


def unit_after(unit: str, shown: str = "") -> str:
    """The unit as it stands after a number, with its space."""
    if unit == "percent":
        return f"{THIN}%"
    if not unit:
        return ""
    one = shown == "1" and unit in _PLURALS
    return f"\u00a0{unit.removesuffix('s') if one else unit}"


def with_unit(exact: Exact | None, unit: str, limits: Iterable[Exact | None] = ()) -> str:
    """A value with its unit, a dash where it is None."""
    if exact is None:
        return UNKNOWN
    shown = value(exact, unit, limits)
    return shown + unit_after(unit, shown)


def exact(verdict: Verdict) -> Fraction | None:
    """The unrounded value that a service level's outcome follows from; None: unknown."""
    return exact_of(verdict.deciding)


def exact_of(measured: Measured | None) -> Fraction | None:
    """An unrounded value; None: unknown, or nothing to divide by."""
    return measured.exact if measured else None


def whose(verdict: Verdict) -> tuple[str, str]:
    """The repository whose value decides, and the value of all together; empty where there is one
    value alone."""
    part = verdict.decided_by
    if part is None or len(verdict.repositories) == 1:
        return "", ""
    together = judged(verdict, verdict.measured)
    return part.repository, "unknown" if together == UNKNOWN else together


def judged(verdict: Verdict, measured: Measured | None) -> str:
    """A service level's value with its unit, a dash where it is unknown."""
    return with_unit(exact_of(measured), verdict.unit, (verdict.expected, verdict.minimum))


def limit(bound: Decimal | None, unit: str, good: Good) -> str:
    """An expected or minimum as the contract states it, with its direction; only the percent sign
    is repeated, every other unit stands beside the value."""
    if bound is None:
        return UNKNOWN
    decimals = max(0, -int(bound.normalize().as_tuple().exponent))
    sign = {"low": f"≤{THIN}", "high": f"≥{THIN}", "none": ""}[good]
    percent_sign = unit_after(unit) if unit == "percent" else ""
    return f"{sign}{number(bound, decimals)}{percent_sign}"


def agreed(verdict: Verdict) -> tuple[str, str]:
    """A service level's expected and minimum, as ``limit`` writes them."""
    expected, minimum = verdict.expected, verdict.minimum
    return limit(expected, verdict.unit, verdict.good), limit(minimum, verdict.unit, verdict.good)


def change(now: Exact, before: Exact, decimals: int = 0) -> str:
    """The difference with its sign; ``unchanged`` only for equal numbers."""
    difference = Fraction(now) - Fraction(before)
    if difference == 0:
        return "unchanged"
    shown = number(abs(difference), decimals, (0,))
    return ("+" if difference > 0 else MINUS) + shown


def growth(now: int, before: int) -> str:
    """The relative change in percent with its sign; empty where there was nothing before."""
    if before == 0:
        return ""
    shown = change(Fraction(100 * now, before), 100, 1)
    return shown if shown == "unchanged" else f"{shown}{THIN}%"


def ratio(measured: Measured | None) -> str:
    """The exact numbers behind a value: 812 / 21,410, or a plain count."""
    if measured is None:
        return UNKNOWN
    if measured.scale == measured.denominator == 1:
        return count(measured.numerator)
    return f"{count(measured.numerator)}{THIN}/{THIN}{count(measured.denominator)}"


def size(octets: int) -> str:
    """Bytes in a unit of their size (powers of 1,000)."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if octets >= factor:
            return f"{number(Fraction(octets, factor), 1)}{THIN}{unit}"
    return f"{octets}{THIN}B"


def span(seconds: int) -> str:
    """A span of time by its two largest units, never broken between a number and its unit."""
    return re.sub(r"(\d) ", "\\1\u00a0", in_hours(seconds))


def coordinate(value: Fraction | float) -> str:
    """A place in a drawing, to two decimals."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
