"""Which levels public systems suggest, and when they cannot suggest any.

``expected`` is what a quarter of the systems reach, the median of the better half; ``minimum`` what
four fifths of them reach. Both are rounded to the worse side, so that no fewer reach them than are
said to.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from quality.benchmark.data import ENOUGH, Benchmark, PeerValues, Query, queries
from quality.benchmark.distribution import SURE, Distribution
from quality.catalogue.indicators import INDICATORS, Indicator
from quality.model.amounts import plain
from quality.model.benchmark import Level, Proposal

EXPECTED, MINIMUM = 25, 80  # percent of the systems that reach it
_DECIMALS = {"percent": 1, "per KNLOC": 2, "CC": 1, "MI": 1, "stars": 1}


def proposal(
    benchmark: Benchmark, query: Query, language: str = "", nloc: int = 0
) -> Proposal | None:
    """The levels of an indicator, from the systems of a language ("": of all) and of a like size
    (``nloc`` 0: of any). None: nothing can be compared, or neither side is good."""
    indicator = INDICATORS[query[0]]
    found = benchmark.found(query, language, nloc) if indicator.good != "none" else None
    return _proposal(indicator, query[1], found) if found else None


def proposals(
    benchmark: Benchmark, language: str = "", nloc: int = 0
) -> tuple[list[Proposal], list[Proposal]]:
    """The proposals for levels, one an indicator, in the catalogue's order; and those for its other
    usual limits."""
    main: list[Proposal] = []
    others: list[Proposal] = []
    for query in queries():
        indicator = INDICATORS[query[0]]
        made = proposal(benchmark, query, language, nloc)
        if made:
            first = query[1] == indicator.usual[0]
            (main if first else others).append(made)
    return main, others


def _proposal(indicator: Indicator, parameter: int | None, found: PeerValues) -> Proposal:
    spread = found.distribution
    return Proposal(
        indicator=indicator.id,
        title=indicator.title,
        measures=indicator.measures,
        parameter=_named(indicator, parameter),
        unit=indicator.unit,
        good=indicator.good,
        peers=found.peers,
        expected=_level(indicator, spread, EXPECTED),
        minimum=_level(indicator, spread, MINIMUM),
        doubts=tuple(_doubts(indicator, spread)),
        values=spread.values,
        reported_only=indicator.key_only
        or (indicator.exploit is not None and indicator.exploit.key == "class"),
    )


def _named(indicator: Indicator, parameter: int | None) -> tuple[str, int] | None:
    if parameter is None or indicator.parameter is None:
        return None
    return indicator.parameter.name, parameter


def _level(indicator: Indicator, spread: Distribution, percent: int) -> Level:
    low, high = spread.interval(percent)
    return Level(*(rounded(indicator, each) for each in (spread.level(percent), low, high)))


def rounded(indicator: Indicator, value: Fraction) -> Decimal:
    """A level as people write it, never better than ``value``."""
    step = Decimal(1).scaleb(-_DECIMALS.get(indicator.unit, 0))
    towards = ROUND_FLOOR if indicator.good == "high" else ROUND_CEILING
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(step, rounding=towards)


def _doubts(indicator: Indicator, spread: Distribution) -> Iterator[str]:
    """Why a distribution cannot carry a level."""
    count = len(spread.values)
    if count < ENOUGH:
        systems = "system" if count == 1 else "systems"
        yield f"only {count} {systems}: at least {ENOUGH} say something"
        return
    edge = Fraction(100 if indicator.good == "high" else 0)
    at_edge = sum(each.value == edge for each in spread.values)
    if 2 * at_edge >= count:
        share = 100 * at_edge // count
        yield (
            f"{share} % of the systems are at {plain(edge)}: it tells bad systems from the others, "
            f"not good from better"
        )
    expected, minimum = (spread.interval(each) for each in (EXPECTED, MINIMUM))
    sign = -1 if indicator.good == "high" else 1
    if sign * expected[1] >= sign * minimum[0] and 2 * at_edge < count:
        spans = [
            " to ".join(plain(rounded(indicator, each)) for each in ends)
            for ends in (expected, minimum)
        ]
        yield (
            f"in {SURE} of 100 samples of as many systems expected lies anywhere from {spans[0]} "
            f"and the minimum from {spans[1]}: they cannot be told apart"
        )
